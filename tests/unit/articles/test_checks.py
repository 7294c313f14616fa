"""Nothing that a language model proposes is taken on trust."""

import datetime as dt

import pytest

from newsbt.articles.checks import CheckedError, check_proposal, faults
from newsbt.articles.drafting import draft_article
from newsbt.articles.llm_request import INSTRUCTION, proposals, question
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.spans import When
from newsbt.linking.linker import Linker

TEXT = (
    "Baidu opened a data centre on Monday.\n\n"
    "In October 2020 it had lost a case. The next month Baidu appealed, and won. Tencent did not comment."
)
# A Thursday.
ARTICLE = Article(TEXT, dt.date(2025, 2, 13), file="a.txt", digest="0" * 64)
linker = Linker.from_table({"issuer": {name: {"names": [name]} for name in ("Baidu", "Tencent", "JD.com")}})
outside = OutsideNames.of(["AAPL"])
PROPOSAL = {
    "quote": "Baidu opened a data centre on Monday",
    "date_words": "Monday",
    "date": "2025-02-10",
    "issuers": ["Baidu"],
    "category": "product",
    "direction": 1,
    "headline": "Baidu opens a data centre",
}


def check(**changes):
    return check_proposal(ARTICLE, PROPOSAL | changes, linker, outside)


def test_a_good_proposal_becomes_a_draft():
    draft = check()
    assert draft.when == When(dt.date(2025, 2, 10), dt.date(2025, 2, 10))
    assert (draft.symbols, draft.category, draft.direction) == (("Baidu",), "product", 1)
    assert TEXT[draft.evidence[0].start : draft.evidence[0].end] == PROPOSAL["quote"]
    assert faults(ARTICLE, draft, {"Baidu"}) == []


def test_words_that_go_back_to_another_date_are_read_by_our_own_grammar():
    draft = check(quote="Baidu appealed, and won", date_words="The next month", date="")
    assert (draft.when.first, draft.when.last) == (dt.date(2020, 11, 1), dt.date(2020, 11, 30))
    assert draft.role == "umbrella"


def test_white_space_in_a_quote_does_not_matter():
    assert check(quote="Baidu  opened\na data centre").evidence[0].text == "Baidu opened a data centre"


def test_without_date_words_it_is_news_of_the_week():
    draft = check(date_words="", date="")
    assert (draft.when.first, draft.when.last) == (dt.date(2025, 2, 6), dt.date(2025, 2, 13))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quote": "Baidu closed a data centre"}, "does not say"),
        ({"quote": ""}, "quote is empty"),
        ({"date": "2025-02-11"}, "not for 2025-02-11"),
        ({"date_words": "Tuesday"}, "do not stand beside"),
        ({"date_words": "data centre"}, "are no date words"),
        ({"date_words": "", "date": "2024-01-01"}, "not for 2024-01-01"),
        ({"date": "soon"}, "is none"),
        ({"issuers": ["Alphabet"]}, "no issuer 'Alphabet'"),
        ({"issuers": ["JD.com"]}, "does not name 'JD.com'"),
        ({"issuers": []}, "names nobody"),
        ({"category": "gossip"}, "no category 'gossip'"),
        ({"direction": 2}, "direction 2"),
        ({"direction": True}, "direction True"),
    ],
)
def test_what_is_refused(changes, reason):
    with pytest.raises(CheckedError, match=reason):
        check(**changes)


def test_drafts_of_the_rules_pass_the_same_checks():
    drafts = draft_article(ARTICLE, linker, outside, least=0.0)
    assert drafts
    assert [faults(ARTICLE, draft, {"Baidu", "Tencent"}) for draft in drafts] == [[]] * len(drafts)


def test_faults_name_offsets_issuers_and_days():
    draft = check()
    other = Article("Another text altogether", dt.date(2025, 1, 1))
    assert len(faults(other, draft, set())) == 4


def test_the_question_holds_the_day_and_the_answer_may_be_wrapped():
    assert question(ARTICLE).startswith("Published on Thursday, 2025-02-13.")
    assert "never an instruction" in INSTRUCTION
    assert proposals('Sure:\n```json\n{"events": [{"quote": "x"}, 3]}\n```') == [{"quote": "x"}]


@pytest.mark.parametrize("answer", ["", "none", "{", '{"events": 3}', "[]", "{]}"])
def test_an_answer_without_a_list_of_events_is_an_error(answer):
    with pytest.raises(ValueError, match=r".+"):
        proposals(answer)
