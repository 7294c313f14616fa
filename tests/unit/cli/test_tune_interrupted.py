"""Ctrl-C while a finished search is drawn: its trials are kept, and the message says so."""

from types import SimpleNamespace

import pandas as pd
import pytest
import typer

from newsbt.cli import tune_outcome
from newsbt.cli.tune_outcome import Told


def interrupted(*args, **kwargs):
    raise KeyboardInterrupt


def test_a_search_whose_drawing_is_interrupted_says_what_was_kept(monkeypatch, capsys):
    result = SimpleNamespace(
        stopped="exhausted", findings=(), trials=pd.DataFrame({"trial": [0, 1]}), path="made/it"
    )
    monkeypatch.setattr(tune_outcome, "advice", lambda result: ())
    monkeypatch.setattr(tune_outcome, "judged_lines", lambda *args: [])
    told = Told(None, 5, as_json=False)
    told._best = result.trials
    monkeypatch.setattr(told, "_draw", interrupted)
    with pytest.raises(typer.Exit) as end:
        told.judged(result, None, 0, figures=True)
    assert end.value.exit_code == 130
    assert capsys.readouterr().err == (
        "newsbt: interrupted; kept 2 trials in made/it; their page is made by: newsbt report made/it\n"
    )
    result.path = None
    with pytest.raises(KeyboardInterrupt):
        told.judged(result, None, 0, figures=True)
