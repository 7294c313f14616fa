"""Laws of linking and of stories, on made-up texts."""

import datetime as dt
import tomllib
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsbt.adapters.catalogue import read_catalogue, read_rows, write_catalogue
from newsbt.catalysts.lint import lint
from newsbt.linking.catalogue import link_items
from newsbt.linking.folding import fold
from newsbt.linking.linker import Linker
from newsbt.news.items import NewsItem
from newsbt.stories.catalogue import find_stories
from newsbt.stories.chains import find_chains
from newsbt.stories.duplicates import find_duplicates
from newsbt.stories.normal import figures, normal
from newsbt.universe_table import parse_universe

DATA = Path(__file__).parents[2] / "data"
LINKER = Linker.from_table(tomllib.loads((DATA / "aliases.toml").read_text("utf-8")))
START = dt.datetime(2000, 1, 1, 9, 30, tzinfo=dt.UTC)
UNIVERSE = parse_universe(tomllib.loads((DATA / "universe.toml").read_text("utf-8")), "universe.toml")
PIECES = [
    *(
        "Alibaba",
        "阿里巴巴",
        "騰訊",
        "JD",
        "JD.com",
        "Temu",
        "baidu",
        "百度",
        "蘋果",
        "Apple",
        "iPhone",
        "合作",
    ),
    *("partners with", "外卖", "food delivery", "confirms", "否认", "涨", "5%", "9.9", "2025", "9988.HK"),
    *("(BABA)", " - ", "：", "report", "京东方", "ant"),
]
TITLES = st.lists(st.sampled_from(PIECES), min_size=0, max_size=9).map(" ".join)
ANY = st.text(max_size=60)


@given(st.one_of(TITLES, ANY))
def test_folding_keeps_every_offset_and_is_done_once(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.one_of(TITLES, ANY))
def test_mentions_are_apart_in_order_and_where_they_say(text):
    mentions = LINKER.link(text)
    ends = 0
    for mention in mentions:
        assert ends <= mention.start < mention.end <= len(text)
        assert 0.0 < mention.relevance <= 1.0
        assert mention.issuer in LINKER.issuers
        ends = mention.end
    assert set(LINKER.issuers_of(text)) == {mention.issuer for mention in mentions}


@given(ANY)
@example("{\n{")
def test_a_normal_form_is_never_empty_and_has_no_line_breaks(text):
    assert normal(text)
    assert "\n" not in normal(text)
    assert isinstance(figures(normal(text)), frozenset)


@settings(max_examples=40)
@given(st.lists(st.tuples(TITLES, st.integers(0, 40)), min_size=1, max_size=12), st.integers(1, 12))
def test_later_news_changes_nothing_before_it(given_, cut):
    titles = [title for title, _ in given_]
    times = np.cumsum([hours * 3600 for _, hours in given_]).astype(np.int64)
    issuers = [tuple(LINKER.issuers_of(title)) for title in titles]
    cut = min(cut, len(titles))
    whole = find_duplicates(titles, times, issuers)
    assert (find_duplicates(titles[:cut], times[:cut], issuers[:cut]) == whole[:cut]).all()
    assert (whole <= np.arange(len(titles))).all()
    assert (whole[whole] == whole).all()
    chains = find_chains(titles, times, issuers, ["product"] * len(titles))
    part = find_chains(titles[:cut], times[:cut], issuers[:cut], ["product"] * cut)
    assert (part == chains[:cut]).all()
    assert (chains[chains] == chains).all()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            NewsItem,
            id=st.text(min_size=1, max_size=8),
            published_at=st.integers(0, 9125).map(lambda day: START + dt.timedelta(days=day)),
            precision=st.sampled_from(["second", "minute", "day"]),
            title=st.one_of(TITLES, ANY),
            summary=st.one_of(TITLES, ANY),
            url=ANY,
            source=ANY,
        ),
        max_size=6,
    )
)
def test_whatever_a_feed_holds_its_rows_are_a_catalogue(tmp_path, items):
    found = link_items(items, LINKER, UNIVERSE)
    assert len(found.catalysts) + len(found.rejected) == len(items)
    path = tmp_path / "linked.csv"
    write_catalogue(path, found.catalysts)
    assert read_catalogue(path) == list(found.catalysts)
    told = lint(read_rows(path), str(path), UNIVERSE, {}, dt.date(2026, 1, 1))
    assert [item for item in told if item.severity == "error"] == []
    stories = find_stories(found.catalysts)
    assert len(stories.catalysts) + len(stories.repeated) == len(found.catalysts)
