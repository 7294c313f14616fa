"""The page of a search in a real Chromium: it draws, answers, and its command runs the trial it shows."""

import json
import sys
from pathlib import Path

import pytest

import axe
import newsbt
from browser import Browser, find_chromium
from newsbt.adapters.trial_files import read_trials
from newsbt.adapters.workspace import find_workspace
from newsbt.api.report import report
from newsbt.api.tune_page import write_tuning_page
from newsbt.api.tunings import read_tuning
from newsbt.errors import InputError
from newsbt.tuning.neighbours import neighbours

ROOT = Path(__file__).parents[2]
QUICK = {"symbols": ["Alibaba"], "start": "2024-11-01", "workspace": ROOT, "ledger": "none"}

pytestmark = pytest.mark.skipif(
    find_chromium() is None or sys.platform == "win32",
    reason="no Chromium here; install the package chromium",
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A grid of 24 points."""
    out = tmp_path_factory.mktemp("tunings")
    found = newsbt.tune(
        "drift", params={"hold": "2:7", "stop": "0.02:0.08:0.02"}, save=True, out=out, name="a grid", **QUICK
    )
    write_tuning_page(found.path, find_workspace(ROOT))
    return found.path


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture
def page(browser, saved):
    browser.open(saved / "tune.html")
    return browser


def in_sight(page, name):
    """Scroll to a chart, wait until it is drawn, and say where it is."""
    page.run(f"byId('{name}').scrollIntoView({{block: 'center'}})")
    page.until(f"Field.all.some((field) => field.host.id === '{name}' && field.width)")
    return page.run(
        f"(() => {{ const f = byId('{name}').getBoundingClientRect(); return [f.left, f.top]; }})()"
    )


def click(page, x, y):
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def told(page):
    """Number of the chosen trial, as its command says."""
    return int(page.run("byId('command').textContent").rsplit(" ", 1)[1])


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_chart_draws_and_nothing_is_asked_for(browser, saved, width, dark):
    browser.open(saved / "tune.html", width=width, dark=dark)
    assert (saved / "tune.html").stat().st_size < 3_000_000
    for name in ("heat", "parallel", "stability", "histogram"):
        in_sight(browser, name)
        drawn = (
            f"(() => {{ const c = document.querySelector('#{name} canvas');"
            " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((part) => part); })()"
        )
        browser.until(drawn)
    assert (browser.problems, browser.requests) == ([], [])
    assert browser.run("document.querySelectorAll('#slices canvas').length") == 2
    assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if not axe.MISSING:
        assert axe.serious(browser) == []


def test_the_winner_is_chosen_at_first_and_keys_go_down_the_ranks(page, saved):
    trials = read_trials(saved)
    order = trials.sort_values("objective", ascending=False, kind="stable")["trial"].tolist()
    assert told(page) == order[0]
    page.run("document.querySelector('#heat svg[tabindex]').focus()")
    for number in order[1:3]:
        page.press("ArrowLeft")
        assert told(page) == number
    page.press("Home")
    assert told(page) == order[0]


def test_a_click_shows_the_neighbours_and_the_command_runs_that_trial(page, saved, newsbt, tmp_path):
    left, top = in_sight(page, "heat")
    cells = page.run(
        "(() => { const r = byId('heat').getBoundingClientRect(); return [r.width, r.height]; })()"
    )
    click(page, left + 92 + (cells[0] - 104) * 2.5 / 6, top + 8 + (cells[1] - 52) * 1.5 / 4)
    result = read_tuning(saved)
    number = told(page)
    row = int(result.trials.index[result.trials["trial"] == number][0])
    assert result.point(row) == {"hold": 4, "stop": 0.06}
    near = neighbours(result.trials, result.axes, row)
    shown = page.run(
        "[...document.querySelectorAll('#neighbours tbody button')].map((cell) => +cell.textContent)"
    )
    assert sorted(shown) == sorted(near["trial"].tolist())
    command = page.run("byId('command').textContent")
    assert command == f"newsbt run --from '{saved.resolve()}' --trial {number}"
    done = newsbt("run", "--from", saved, "--trial", str(number), "--json", "--no-figures", "--out", tmp_path,
                  "--workspace", ROOT)  # fmt: skip
    assert done.returncode == 0, done.stderr
    sharpe = json.loads(done.stdout)["runs"][0]["metrics"]["sharpe"]
    assert (
        page.run("document.querySelector('.figures .strong').textContent").replace("−", "-")
        == f"{sharpe:.2f}"
    )


def test_dragging_along_an_axis_keeps_a_range_in_every_chart_and_the_table(page):
    left, top = in_sight(page, "parallel")
    rows = "document.querySelector('#trials-table .told').textContent"
    assert page.run(rows) == "24 rows"
    page.drag((left + 46, top + 356), (left + 46, top + 200))
    page.until(f"{rows} === '12 of 24 rows'")
    page.run("byId('parallel-clear').click()")
    page.until(f"{rows} === '24 rows'")


def test_report_writes_the_same_page_again_and_the_pictures_in_one_document(saved):
    before = (saved / "tune.html").read_bytes()
    written = report(saved, find_workspace(ROOT), pdf=True)
    assert [path.name for path in written] == ["tune.html", "tune.pdf"]
    assert (saved / "tune.html").read_bytes() == before
    assert b"/Count 6" in (saved / "tune.pdf").read_bytes()
    with pytest.raises(InputError, match="is a tuning"):
        report(saved, find_workspace(ROOT), studies=[saved])


def test_a_walk_forward_shows_its_folds_and_what_is_left(browser, tmp_path_factory):
    out = tmp_path_factory.mktemp("walks")
    walked = newsbt.walk_forward(
        "drift", params={"hold": "2:4"}, plan="train=2m,test=1m", save=True, out=out, name="walk", **QUICK
    )
    write_tuning_page(walked.path, find_workspace(ROOT))
    browser.open(walked.path / "tune.html")
    folds = len(walked.walk.folds)
    assert (browser.problems, browser.requests) == ([], [])
    assert browser.run("document.querySelectorAll('#decay circle').length") == folds
    assert browser.run("document.querySelectorAll('#walk tbody tr').length") == folds
    assert browser.run("document.querySelectorAll('#walk-equity .line').length") == 1
    assert "Decay" in browser.run("document.querySelector('.verdict').textContent")
    assert told(browser) == walked.manifest["chosen_trial"]
    if not axe.MISSING:
        assert axe.serious(browser) == []
