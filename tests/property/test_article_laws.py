"""Laws of date words and drafts, whatever the text."""

import datetime as dt
import itertools
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import find_date_words, resolve
from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.published import find_published
from newsbt.articles.sentences import clauses, sentences
from newsbt.articles.spans import When
from newsbt.linking.linker import Linker

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAST = (
    "yesterday",
    "two days ago",
    "three weeks ago",
    "a few months ago",
    "last night",
    "overnight",
    "recently",
)
dates = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
linker = Linker.from_table(
    {
        "issuer": {
            "Alibaba": {"names": ["Alibaba", "阿里巴巴"], "people": ["Jack Ma"]},
            "Baidu": {"names": ["Baidu"]},
        }
    }
)
outside = OutsideNames.of(["AAPL", "NVDA"])
WORDS = (
    *("Alibaba", "Baidu", "Apple", "阿里巴巴", "Jack Ma", "Ma", "the company", "it", "Xi", "regulators"),
    *(
        "said",
        "was fined",
        "launched",
        "a model",
        "results",
        "will report",
        "met",
        "tariffs",
        "3%",
        "回购",
        "发布",
    ),
    *("on", "Monday", "last week", "in 2020", "Feb. 13", "2月13日", "昨日", "a day", "the next day", "since"),
    *("after", "by", ",", ".", "\n", "“", "”"),
)
prose = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@given(dates, st.sampled_from(DAYS), st.sampled_from(["on {}", "{}'s rally", "{} morning"]))
def test_a_weekday_of_the_past_is_that_weekday_of_the_last_seven_days(published, day, form):
    (word,) = find_date_words(form.format(day))
    when = resolve(word, Context(published, tense="past"))
    assert when.days == 1
    assert when.first.weekday() == DAYS.index(day)
    assert dt.timedelta(0) <= published - when.first < dt.timedelta(7)


@given(dates, st.sampled_from(DAYS))
def test_last_and_next_lie_on_either_side_of_publication(published, day):
    last = resolve(find_date_words(f"last {day}")[0], Context(published, tense="past"))
    following = resolve(find_date_words(f"next {day}")[0], Context(published))
    assert last.last < published < following.first


@given(dates, st.sampled_from(PAST))
def test_words_for_the_past_never_reach_beyond_publication(published, text):
    for word in find_date_words(text):
        assert resolve(word, Context(published)).last <= published


@given(dates, prose, st.sampled_from(["past", "future", "unknown"]))
def test_what_is_resolved_is_in_order_and_within_the_years_of_a_catalogue(published, text, tense):
    words = find_date_words(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(words))
    for word in words:
        when = resolve(word, Context(published, When(published, published), tense))
        assert when is None or dt.date(1900, 1, 1) <= when.first <= when.last <= dt.date(2199, 12, 31)


@settings(deadline=None)
@given(dates, prose)
def test_evidence_slices_the_article_and_past_events_lie_in_the_past(published, text):
    for draft in draft_article(Article(text, published), linker, outside, least=0.0):
        pieces = [*draft.evidence, *([draft.date_words] if draft.date_words else [])]
        assert all(text[item.start : item.end] == item.text for item in pieces)
        assert draft.evidence
        assert draft.symbols
        assert draft.direction in (-1, 0, 1)
        assert 0 <= draft.confidence < 1
        assert draft.role == "calendar" or draft.when.first <= published


@settings(deadline=None)
@given(st.text(max_size=300), dates)
def test_any_text_is_read_without_a_crash(text, published):
    draft_article(Article(text, published), linker, outside)
    find_published(text)


@given(st.one_of(prose, st.text(max_size=300)))
def test_sentences_and_clauses_lie_in_the_text_in_order(text):
    before = 0
    for sentence in sentences(text):
        assert before <= sentence.start < sentence.end <= len(text)
        before = sentence.end
        at = sentence.start
        for clause in clauses(text, sentence):
            assert at <= clause.start <= clause.end <= sentence.end
            at = clause.end


def test_time_grows_with_the_length_of_the_text():
    """Eight times the text takes less than twenty times the time, for text made to be slow."""
    for piece in ("Alibaba said on Monday after ", "阿里巴巴2月13日回购,", "(A. ", "since raised "):
        times = []
        for size in (1_000, 8_000):
            text = piece * (size // len(piece))
            runs = []
            for _ in range(2):
                start = time.process_time()
                draft_article(Article(text, dt.date(2025, 2, 13)), linker, outside)
                runs.append(time.process_time() - start)
            times.append(min(runs))
        assert times[1] < 20 * max(times[0], 0.005), piece
