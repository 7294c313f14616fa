"""Signals that read headlines: each issuer for itself, news from before the cut-off, labels of catalogues."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsbt.linking.linker import Linker
from newsbt.records import Catalyst
from newsbt.scoring.model import SignalContext
from newsbt.sentiment.labels import label
from newsbt.sentiment.scorer import Opinion
from newsbt.sentiment.text_signal import TextSignalModel, linker_of
from newsbt.testing import sample_catalysts
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).resolve().parents[3]
CUTOFF = dt.datetime(2024, 2, 1, tzinfo=dt.UTC)


class Lengths:
    """Worth of a name: its place among the names, over ten; 'dumb' in a text leaves it without an opinion."""

    name, version, settings = "lengths", "1", ""

    def __init__(self, until: dt.datetime | None = CUTOFF) -> None:
        self.trained_until = until
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        self.asked += zip(texts, aspects, strict=True)
        return [
            Opinion(
                -0.456, float("dumb" not in text), tuple((at + 1) / 10 for at in range(len(names))), "why"
            )
            for text, names in zip(texts, aspects, strict=True)
        ]


class Reader(TextSignalModel):
    params = {"half_life": 3.0, "before_cutoff": "brand"}
    reader = Lengths()

    def scorer(self) -> Lengths:
        return self.reader


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def context() -> SignalContext:
    universe = parse_universe(table("universe.toml"), "data/universe.toml")
    return SignalContext(universe, {"aliases.toml": table("aliases.toml")})


def reader(context: SignalContext, until: dt.datetime | None = CUTOFF, **params: Any) -> Reader:
    model = Reader(context, params)
    model.reader = Lengths(until)
    return model


def row(headline: str, days: int = 10, **fields: Any) -> Catalyst:
    base = replace(
        sample_catalysts(1)[0], direction=None, strength=None, labelled_at=None, id=headline[:20] or "empty"
    )
    return replace(base, headline=headline, published_at=CUTOFF + dt.timedelta(days=days), **fields)


def test_each_issuer_is_judged_by_the_name_the_headline_gives_it(context: SignalContext) -> None:
    model = reader(context)
    (score,) = model.score([row("京东 gains share from Alibaba, says Taobao")])
    assert model.reader.asked[0][1] == ("京东", "Alibaba")
    assert score.by_issuer == {"JD.com": 0.1, "Alibaba": 0.2}
    assert (score.value, score.half_life, score.hindsight) == (-0.456, 3.0, False)


def test_news_from_before_the_cut_off_is_branded_or_refused(context: SignalContext) -> None:
    rows = [row("JD early", -1), row("JD in time", 0)]
    branded = reader(context).score(rows)
    assert [score.hindsight for score in branded] == [True, False]
    assert "from before 2024-02-01" in branded[0].why and branded[0].by_issuer == {"JD.com": 0.1}
    model = reader(context, before_cutoff="refuse")
    refused = model.score(rows)
    assert [score.value for score in refused] == [0.0, -0.456] and not refused[0].by_issuer
    assert [text for text, _ in model.reader.asked] == ["JD in time"]


def test_a_word_list_has_no_cut_off(context: SignalContext) -> None:
    (score,) = reader(context, None).score([row("JD early", -4000)])
    assert not score.hindsight and score.value == -0.456


def test_a_linker_is_built_once_for_a_table() -> None:
    text = json.dumps(table("aliases.toml"), sort_keys=True)
    assert isinstance(linker_of(text), Linker) and linker_of(text) is linker_of(text)


def test_labels_judge_the_first_symbol_else_the_whole(context: SignalContext) -> None:
    rows = [
        row("Baidu and JD meet", symbols=("9618.HK", "BIDU")),
        row("Baidu meets", symbols=("JD.com",)),
        row("Nobody meets", symbols=("JD.com",)),
    ]
    found = label(rows, reader(context))
    assert [(item.direction, item.strength) for item in found.catalysts] == [(1, 0.2), (-1, 0.46), (-1, 0.46)]
    assert {item.labelled_at for item in found.catalysts} == {CUTOFF}
    assert (found.count, found.hindsight, found.directions()) == (3, 0, {-1: 2, 0: 0, 1: 1})


def test_a_label_is_hindsight_exactly_when_the_story_is_older_than_the_cut_off(
    context: SignalContext,
) -> None:
    found = label([row("JD early", -1), row("JD at the very moment", 0)], reader(context))
    assert [item.hindsight for item in found.catalysts] == [True, False] and found.hindsight == 1
    words = label([row("JD early", -1)], reader(context, None))
    assert words.catalysts[0].labelled_at == words.catalysts[0].published_at and words.hindsight == 0


def test_rows_without_a_label_are_listed_with_the_reason(context: SignalContext) -> None:
    rows = [row("JD early", -1), row("JD labelled", direction=1, strength=0.9), row("dumb"), row("JD")]
    found = label(rows, reader(context, before_cutoff="refuse"))
    assert dict(found.unlabelled) == {
        "JD early": "from before 2024-02-01, where the training data end",
        "JD labelled": "has a direction already",
        "dumb": "why",
    }
    assert found.catalysts[:3] == tuple(rows[:3]) and found.count == 1


def test_relabelling_leaves_no_old_label(context: SignalContext) -> None:
    rows = [
        row("dumb", direction=1, strength=0.9),
        row("JD", direction=-1, strength=0.9, symbols=("JD.com",)),
    ]
    found = label(rows, reader(context), relabel=True)
    assert [(item.direction, item.strength) for item in found.catalysts] == [(None, None), (1, 0.1)]


class LeavesSome(Lengths):
    """Leaves texts with a lantern in them to a list of words."""

    def trained_until_for(self, text: str) -> dt.datetime | None:
        return None if "lantern" in text else self.trained_until


def test_what_a_list_of_words_reads_has_no_cut_off(context: SignalContext) -> None:
    old, other = (
        replace(item, published_at=CUTOFF - dt.timedelta(days=9), headline=text, direction=None)
        for item, text in zip(sample_catalysts(), ("a lantern", "an orchard"), strict=False)
    )
    for rule in ("brand", "refuse"):
        model = Reader(context, {"half_life": 3.0, "before_cutoff": rule})
        model.reader = LeavesSome()
        found = label([old, other], model)
        assert found.catalysts[0].labelled_at == old.published_at and not found.catalysts[0].hindsight
        assert found.by_words == 1 and found.hindsight == (rule == "brand")
        assert list(found.unlabelled) == ([other.id] if rule == "refuse" else [])
        first, second = model.score([old, other])
        assert not first.hindsight and "refused" not in first.why
        assert second.hindsight if rule == "brand" else "refused" in second.why


def test_whom_a_row_is_about_counts_as_named_whatever_the_aliases_say(context: SignalContext) -> None:
    model = Reader(context, {"half_life": 3.0, "before_cutoff": "brand"})
    row = replace(sample_catalysts()[0], headline="Quexlo and ON gain on hopes", symbols=("quexlo", "ON"))
    assert model.names_of(row) == (("Quexlo", "ON"), ("quexlo", "ON"))
    assert model.names_of(replace(row, headline="Shares go on", symbols=("ON",))) == ((), ())
    # No listing has that name, so no listing gets its value; the label of the row does.
    assert model.score([row])[0].by_issuer == {}
