"""The page of a run in a real Chromium: it draws, answers and asks nothing of any network."""

import datetime as dt
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import axe
from browser import Browser, find_chromium
from newsbt.adapters.report import render_page
from newsbt.report.page import report_page

MOST = 3_000_000
CHARTS = ("equity", "drawdown", "price", "timeline", "exposure", "rolling-sharpe", "distribution", "monthly")

needs_chromium = pytest.mark.skipif(
    find_chromium() is None or sys.platform == "win32",
    reason="no Chromium here; install the package chromium",
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The page of the default run, written by ``newsbt.run`` into its folder."""
    import newsbt

    out = tmp_path_factory.mktemp("page")
    result = newsbt.run("drift", workspace=Path(__file__).parents[2], save=True, out=out, name="one")
    return result.path


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


def enter(page, kind, value):
    """Choose or type something above the table of trades."""
    page.run(
        f"(() => {{ const box = document.querySelector('#trades-table {kind}'); box.value = {value!r};"
        " box.dispatchEvent(new Event(box.type === 'search' ? 'input' : 'change')); })()"
    )


@pytest.fixture
def page(browser, saved):
    """It, open on a wide screen."""
    browser.open(saved / "report.html")
    return browser


def test_one_file_of_less_than_three_megabytes_without_an_address(saved):
    text = (saved / "report.html").read_text(encoding="utf-8")
    assert len(text.encode()) < MOST
    elsewhere = text.replace("http://www.w3.org/2000/svg", "")
    assert "http://" not in elsewhere
    assert "https://" not in elsewhere
    assert "src=" not in elsewhere


@needs_chromium
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_every_chart_draws_and_nothing_is_asked_for(browser, saved, width, dark):
    browser.open(saved / "report.html", width=width, dark=dark)
    assert browser.problems == []
    assert browser.requests == []
    for name in CHARTS:
        assert browser.run(f"document.querySelectorAll('#{name} svg path, #{name} svg rect').length") > 0, (
            name
        )
    assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert browser.run("performance.now()") < 10_000


@needs_chromium
@pytest.mark.skipif(axe.MISSING, reason=axe.REASON)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True), (1280, True), (390, False)])
def test_axe_finds_nothing_serious(browser, saved, width, dark):
    browser.open(saved / "report.html", width=width, dark=dark)
    assert axe.serious(browser) == []


@needs_chromium
@pytest.mark.skipif(axe.MISSING, reason=axe.REASON)
def test_axe_finds_what_is_wrong(page):
    page.run("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    assert [text.partition(":")[0] for text in axe.serious(page)] == ["button-name"]


@needs_chromium
def test_hover_tells_the_headline_on_both_clocks(page):
    page.run("byId('price').scrollIntoView({block: 'center'})")
    place = page.run(
        "(() => { const chart = span.charts.find((item) => item.host.id === 'price');"
        " const found = chart.marks.find((item) => item.mark.kind.startsWith('good'));"
        " const frame = chart.root.getBoundingClientRect();"
        " return [frame.left + found.x, frame.top + found.y]; })()"
    )
    page.move(*place)
    page.until("tip.box && !tip.box.hidden")
    said = page.run("tip.box.textContent")
    for text in ("Hong Kong", "New York", "score", "to the open", "that session", "ten sessions"):
        assert text in said
    assert len(page.run("tip.box.querySelector('.headline').textContent")) > 10


@needs_chromium
def test_both_clocks_are_those_of_python_across_changes_of_the_hour(page):
    for text in ("2025-07-01 14:21", "2025-01-15 02:59", "2025-03-09 07:30", "2025-11-02 05:30"):
        at = dt.datetime.fromisoformat(f"{text}+00:00")
        for name, zone in (("hong_kong", "Asia/Hong_Kong"), ("new_york", "America/New_York")):
            shown = page.run(f"clocks.{name}({at.timestamp() * 1000})")
            assert shown == f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@needs_chromium
def test_dragging_zooms_every_chart_and_all_brings_them_back(page):
    whole = page.run("span.now")
    page.run("byId('equity').scrollIntoView({block: 'center'})")
    left, top = page.run(
        "(() => { const f = byId('equity').getBoundingClientRect(); return [f.left, f.top]; })()"
    )
    page.drag((left + 300, top + 100), (left + 600, top + 120))
    page.until(f"span.now[0] > {whole[0]} && span.now[1] < {whole[1]} && !span.pending")
    ticks = page.run("document.querySelector('#timeline').textContent")
    page.run("document.querySelector('[data-span=all]').click()")
    page.until(f"span.now[0] === {whole[0]} && !span.pending")
    assert page.run("document.querySelector('#timeline').textContent") != ticks


@needs_chromium
def test_equity_on_a_logarithmic_scale_and_back(page):
    """Equal ratios take equal room there; equal differences do on the other."""
    apart = "(() => { const y = span.charts.find((item) => item.host.id === 'equity').y;"
    apart += " return [(y(1) - y(10)) / (y(10) - y(100)), (y(1) - y(2)) / (y(2) - y(3))]; })()"
    button = "document.querySelector('#log').{}"
    assert page.run(button.format("hidden")) is False
    assert page.run(apart)[1] == pytest.approx(1.0)
    page.run(button.format("click()"))
    assert page.run(apart)[0] == pytest.approx(1.0)
    assert page.run(button.format("getAttribute('aria-pressed')")) == "true"
    assert "logarithmic scale" in page.run("document.querySelector('#equity svg').getAttribute('aria-label')")
    assert page.run("document.querySelectorAll('#equity .grid').length") > 3
    assert page.problems == []
    page.run(button.format("click()"))
    assert page.run(apart)[1] == pytest.approx(1.0)


@needs_chromium
def test_an_account_in_debt_has_no_logarithmic_scale(browser, tmp_path):
    sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "plots"))
    from runs_for_plots import usual

    run = usual()
    run.equity.loc[5, "equity"] = -1.0
    path = tmp_path / "debt.html"
    path.write_text(render_page(report_page(run)), encoding="utf-8")
    browser.open(path)
    assert browser.problems == []
    assert browser.run("document.querySelector('#log').hidden")


@needs_chromium
def test_the_keyboard_reads_a_chart(page):
    page.run("document.querySelector('#equity svg').focus()")
    page.press("ArrowRight")
    page.until("tip.box && !tip.box.hidden")
    first = page.run("tip.box.textContent")
    assert "UTC" in first
    assert "USD" in first
    page.press("ArrowRight")
    page.until(f"tip.box.textContent !== {json.dumps(first)}")
    page.press("+")
    page.until("span.now[1] - span.now[0] < span.full[1] - span.full[0]")
    page.run("document.querySelector('#price svg').focus()")
    page.press("n")
    page.until("tip.box.querySelector('.headline')")


@needs_chromium
def test_tables_sort_filter_and_lead_to_the_chart(page):
    cells = "[...document.querySelectorAll('#trades-table tbody tr')].map((row) => row.cells[{}].textContent)"
    heads = page.run(
        "[...document.querySelectorAll('#trades-table th')].map((cell) => cell.textContent.trim())"
    )
    profit = next(place for place, name in enumerate(heads) if name.startswith("Profit"))
    page.run(f"document.querySelectorAll('#trades-table th')[{profit}].querySelector('button').click()")
    shown = [float(text.replace("−", "-").replace(",", "")) for text in page.run(cells.format(profit))]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == 50
    page.run(f"document.querySelectorAll('#trades-table th')[{profit}].querySelector('button').click()")
    lowest = page.run(cells.format(profit))[0]
    assert lowest.startswith("−")
    enter(page, "select", "BABA")
    assert set(page.run(cells.format(heads.index("Listing")))) == {"BABA"}
    enter(page, "input", "no such trade")
    assert page.run(cells.format(1)) == []
    enter(page, "input", "")
    page.run("document.querySelector('#trades-table .pick').click()")
    page.until("span.now[1] - span.now[0] < span.full[1] - span.full[0]")
    assert (
        page.run("span.charts.find((item) => item.host.id === 'price').spec.label") == "Price of BABA in USD"
    )


@needs_chromium
def test_2000_trades_of_20_listings_stay_small_and_smooth(browser, tmp_path):
    sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "plots"))
    from runs_for_plots import HK, US, make_run

    run = make_run(symbols=(*US, *HK, "A", "B", "C"), start="2015-01-01", signals=3000, traded=0.9, hold=4)
    run.signals["headline"] = [
        f"Headline {number} of about a hundred characters, as news of companies and regulators have them now"
        for number in range(len(run.signals))
    ]
    assert (len(run.trades) >= 2000, len(run.bars)) == (True, 20)
    path = tmp_path / "large.html"
    path.write_text(render_page(report_page(run)), encoding="utf-8")
    assert path.stat().st_size < MOST
    ready = []
    for _ in range(2):
        browser.open(path)
        ready.append(browser.run("performance.now()"))
    assert min(ready) < 2000
    acts = {
        "zoom": "span.charts.forEach((chart) => chart.draw())",
        "hover": "span.charts.find((chart) => chart.spec.lanes).read(400, 100)",
        "listing": "byId('listing').dispatchEvent(new Event('change'))",
        "sort": "document.querySelectorAll('#trades-table th button')[4].click()",
        "filter": "document.querySelector('#trades-table input').dispatchEvent(new Event('input'))",
    }
    for name, act in acts.items():
        timed = f"(() => {{ const t = performance.now(); {act}; document.body.offsetHeight;"
        spent = [browser.run(f"{timed} return performance.now() - t; }})()") for _ in range(5)]
        assert min(spent) < 100, (name, spent)


@needs_chromium
def test_hostile_texts_show_as_text(browser, tmp_path):
    import dataclasses

    import newsbt

    run = newsbt.run("drift", workspace=Path(__file__).parents[2])
    bad = ["</script><script>window.hacked=1</script>", '"><img src=x onerror="window.hacked=1">',
           "=1+1", "\u202eright to left", "😀 line\u2028end", "x" * 10_000]  # fmt: skip
    signals = run.signals.copy()
    signals["headline"] = [bad[place % len(bad)] for place in range(len(signals))]
    signals["why"] = bad[1]
    run = dataclasses.replace(run, signals=signals, name=bad[0])
    path = tmp_path / "bad name <b>.html"
    path.write_text(render_page(report_page(run)), encoding="utf-8")
    browser.open(path)
    assert browser.problems == []
    assert browser.requests == []
    assert browser.run("typeof window.hacked") == "undefined"
    assert browser.run("document.querySelectorAll('main img, main script').length") == 0
    assert bad[0] in browser.run("document.querySelector('header').textContent")
    shown = set(
        browser.run("[...document.querySelectorAll('#signals-table td')].map((cell) => cell.textContent)")
    )
    assert {bad[0], bad[1], bad[2]} <= shown
    assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@needs_chromium
def test_the_page_of_a_comparison_draws_and_hides_runs(browser, newsbt, workspace, tmp_path):
    quick = ("--symbols", "Alibaba", "--start", "2025-01-02", "--end", "2025-03-31")
    done = newsbt("compare", "drift", "fade", *quick, "--out", tmp_path, "--name", "both", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "compare.html" in done.stdout
    if not axe.MISSING:
        for dark in (False, True):
            browser.open(tmp_path / "both" / "compare.html", dark=dark)
            assert axe.serious(browser) == []
    browser.open(tmp_path / "both" / "compare.html", width=390)
    assert (browser.problems, browser.requests) == ([], [])
    assert browser.run("document.querySelectorAll('#growth .line').length") == 2
    assert browser.run("document.querySelectorAll('#risk .point').length") == 2
    browser.run("document.querySelector('#legend input').click()")
    assert browser.run("document.querySelectorAll('#growth .line').length") == 1
    assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_report_makes_the_page_of_an_older_run_again(newsbt, saved):
    root = Path(__file__).parents[2]
    page = saved / "report.html"
    before = page.read_text(encoding="utf-8")
    page.unlink()
    done = newsbt("report", saved, "--workspace", root)
    assert done.returncode == 0, done.stderr
    again = page.read_text(encoding="utf-8")
    series = [text[text.index('"series"') : text.index('"rolling"')] for text in (before, again)]
    assert series[0] == series[1]
    assert "KWEB" in again


def test_what_is_no_run_is_refused(refused, tmp_path):
    assert "is no folder of a run" in refused("report", tmp_path, "--workspace", Path(__file__).parents[2])
