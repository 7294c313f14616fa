"""Saved pictures: the same bytes every time, whole or not there."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from newsbt.adapters.figures import figure_bytes, pdf_bytes, save_figures, save_pdf
from newsbt.errors import OutputError
from newsbt.plots import style

RUNS = Path(__file__).parents[1] / "plots"


def a_figure() -> Figure:
    figure = Figure(figsize=(3, 2))
    ax = figure.add_axes((0.2, 0.2, 0.7, 0.7))
    ax.plot([1, 2, 3], [1, 3, 2], marker="o")
    ax.set_title("a & b < c")
    return figure


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_equal_pictures_are_equal_files_in_other_processes_and_settings(kind, tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import runs_for_plots as r;"
        "from newsbt.plots.figures import run_figures as f;"
        "from newsbt.adapters.figures import figure_bytes as b, pdf_bytes as p; import hashlib;"
        "run, kind = r.two_weeks(), sys.argv[2]; drawn = f(run, every=True);"
        "files = [p(drawn)] if kind == 'pdf' else [b(x, kind) for x in drawn.values()];"
        "print([hashlib.sha256(x).hexdigest() for x in files])"
    )
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 33\nsvg.hashsalt: other\n")
    said = []
    for seed, settings in (
        ("1", {}),
        ("2", {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "TZ": "Asia/Tokyo"}),
    ):
        environment = {**os.environ, "PYTHONHASHSEED": seed, **settings}
        command = [sys.executable, "-c", code, str(RUNS), kind]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
        said.append(done.stdout)
    assert said[0] == said[1]


def test_a_document_has_a_page_a_picture_and_names_no_program_or_time(tmp_path):
    figures = {"one": a_figure(), "two": a_figure()}
    path = save_pdf(figures, tmp_path / "all.pdf", "A run")
    content = path.read_bytes()
    assert content == pdf_bytes(figures, "A run")
    assert content.startswith(b"%PDF-")
    assert b"/Count 2" in content
    for text in (b"CreationDate", b"ModDate", b"Matplotlib"):
        assert text not in content


def test_a_figure_saved_twice_is_the_same_and_names_no_program_or_time():
    figure = a_figure()
    for kind in ("png", "svg"):
        content = figure_bytes(figure, kind)
        assert content == figure_bytes(figure, kind)
        assert b"Software" not in content
        assert b"dc:date" not in content
        assert b"Matplotlib v" not in content
    assert figure_bytes(figure, "png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_text_in_an_svg_stays_text_with_a_font_that_everybody_has():
    with style.applied():
        content = figure_bytes(a_figure(), "svg")
    assert b"a &amp; b &lt; c</text>" in content
    assert b"font-family: 'DejaVu Sans', 'Verdana', sans-serif" in content


def test_files_and_their_names(tmp_path):
    figures = {"equity": a_figure(), "price_9988.HK": a_figure(), "price_A/B": a_figure()}
    paths = save_figures(figures, tmp_path / "new")
    names = [
        "equity.png",
        "equity.svg",
        "price_9988.HK.png",
        "price_9988.HK.svg",
        "price_A_B.png",
        "price_A_B.svg",
    ]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == names
    assert paths[0].stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert save_figures({"equity": a_figure()}, tmp_path / "new", ("svg",)) == [paths[1]]


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def test_a_full_disk_leaves_the_old_picture_and_nothing_else(tmp_path, monkeypatch):
    (path,) = save_figures({"equity": a_figure()}, tmp_path, ("png",))
    before = path.read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match=r"equity\.png: No space left on device"):
        save_figures({"equity": Figure()}, tmp_path, ("png",))
    assert [item.name for item in tmp_path.iterdir()] == ["equity.png"]
    assert path.read_bytes() == before


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        save_figures({"equity": a_figure()}, tmp_path / "taken")


def test_another_format_is_refused(tmp_path):
    with pytest.raises(OutputError, match="choose from png, svg"):
        save_figures({"equity": a_figure()}, tmp_path, ("gif",))


def test_saving_leaves_the_users_settings_alone():
    before = dict(mpl.rcParams)
    figure_bytes(a_figure(), "png")
    assert dict(mpl.rcParams) == before
