"""The progress bar: silent off a terminal and for quick work, on stderr alone."""

import pytest

from newsbt.cli import progress
from newsbt.cli.progress import ProgressBar


def test_it_is_silent_when_piped(capfd, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    with ProgressBar() as bar:
        bar("prices", 0.5)
    assert capfd.readouterr() == ("", "")


def test_quick_work_shows_nothing(capfd):
    with ProgressBar(enabled=True) as bar:
        bar("prices", 0.5)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("fraction", [-1.0, 0.5, 2.0])
def test_slow_work_shows_on_stderr_alone(capfd, monkeypatch, fraction):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    with ProgressBar(enabled=True) as bar:
        bar("prices of BABA", fraction)
    out, err = capfd.readouterr()
    assert out == ""
    assert "prices of BABA" in err
