"""Files of drafts read back equal; accepted drafts enter a catalogue once, whole, labelled when accepted."""

import dataclasses
import datetime as dt

import pytest

from newsbt.adapters.catalogue import read_catalogue
from newsbt.adapters.drafts import (
    append_catalysts,
    is_draft_file,
    keep_decisions,
    read_drafts,
    write_drafts,
)
from newsbt.articles.draft_rows import catalyst_of, row_of
from newsbt.articles.model import Article, Draft, Evidence
from newsbt.articles.spans import When
from newsbt.errors import CatalystError, InputError

TEXT = "Baidu, “the search firm”, opened a hub in May.\nIt was fined."
HONG_KONG = dt.timezone(dt.timedelta(hours=8))
ARTICLE = Article(
    TEXT, dt.date(2025, 6, 2), dt.datetime(2025, 6, 2, 9, tzinfo=HONG_KONG), "a, b.txt", "ab" * 32
)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def draft(headline="Opened a hub", last=31, **how):
    made = Draft(
        headline,
        When(dt.date(2025, 5, 1), dt.date(2025, 5, last), "month"),
        "words",
        ("Baidu", "AAPL"),
        "product",
        "company",
        "umbrella",
        1,
        0.25,
        (Evidence(0, 46, TEXT[:46]), Evidence(47, 60, TEXT[47:60])),
        Evidence(42, 45, "May"),
        "expansion",
    )
    return dataclasses.replace(made, **how)


def rows():
    return [row_of(ARTICLE, draft()), row_of(ARTICLE, draft(kind="fine", direction=0, date_words=None))]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_what_is_written_reads_back_equal(tmp_path, suffix):
    path = tmp_path / f"d{suffix}"
    write_drafts(path, rows())
    assert read_drafts(path) == rows()
    assert is_draft_file(path)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_file_of_drafts_is_no_catalogue(tmp_path, suffix):
    path = tmp_path / f"d{suffix}"
    write_drafts(path, rows())
    with pytest.raises(CatalystError, match=r"newsbt catalysts extract .* --review --into"):
        read_catalogue(path)


def test_the_same_draft_of_the_same_text_has_the_same_id():
    one, other = rows()
    assert one.id == row_of(ARTICLE, draft("Another headline", confidence=0.9)).id
    assert one.id != other.id
    assert one.id != row_of(dataclasses.replace(ARTICLE, digest="cd" * 32), draft()).id


def test_what_was_decided_stays_decided(tmp_path):
    path = tmp_path / "d.jsonl"
    one, other = rows()
    write_drafts(path, [dataclasses.replace(one, review="skipped", strength=0.9)])
    kept = keep_decisions([one, other], path)
    assert [(row.review, row.strength) for row in kept] == [("skipped", 0.9), ("pending", 0.3)]
    assert keep_decisions([other], path)[-1].review == "skipped"


def test_an_accepted_draft_is_a_hindsight_label_dated_by_its_last_day():
    made = catalyst_of(rows()[0], NOW)
    assert made.published_at == dt.datetime(2025, 5, 31, 12, tzinfo=HONG_KONG)
    assert (made.time_precision, made.role, made.direction, made.strength) == ("day", "umbrella", 1, 0.5)
    assert made.labelled_at == NOW
    assert made.hindsight
    assert "0-46, 47-60" in made.source
    assert '2025-05-01 to 2025-05-31 by "May"' in made.note


def test_accepted_rows_are_appended_once_by_date(tmp_path):
    path = tmp_path / "mine.csv"
    early = catalyst_of(row_of(ARTICLE, draft(last=2)), NOW)
    late = catalyst_of(rows()[1], NOW)
    assert append_catalysts(path, [late]) == 1
    assert append_catalysts(path, [early, late]) == 1
    assert [item.id for item in read_catalogue(path)] == [late.id] or len(read_catalogue(path)) == 2
    assert append_catalysts(path, []) == 0


def test_a_broken_catalogue_stays_as_it_is(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("id,when\n1,2\n")
    with pytest.raises(CatalystError):
        append_catalysts(path, [catalyst_of(rows()[0], NOW)])
    assert path.read_text() == "id,when\n1,2\n"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"review": "pending"', '"review": "maybe"'), ":1: 'maybe' is none of pending, accepted, skipped"),
        (('"date_first": "2025-05-01"', '"date_first": "2025-06-01"'), "lies after date_last"),
        (('"date_first": "2025-05-01"', '"date_first": "May"'), ":1: "),
        (('"direction": 1', '"direction": 5'), "5 is none of"),
        (('"category": "product"', '"category": "gossip"'), "'gossip' is none of"),
        (('"kind": "expansion", ', ""), "needs a value for 'kind'"),
        (('{"id"', '["id"'), "no JSON object"),
    ],
)
def test_a_row_that_was_broken_by_hand_is_named(tmp_path, change, reason):
    path = tmp_path / "d.jsonl"
    write_drafts(path, rows()[:1])
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(InputError, match=reason):
        read_drafts(path)


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.jsonl or \.csv"):
        write_drafts(tmp_path / "d.txt", rows())
