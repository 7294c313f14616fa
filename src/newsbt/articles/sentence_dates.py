"""The date words of an article, sentence by sentence, and what they go back to (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsbt.articles import spans
from newsbt.articles.date_rules import Context, Tense
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.dating_words import BACK, PLAN_TOLD, SAID_BEFORE, TOLD_AFTER
from newsbt.articles.model import DatedBy
from newsbt.articles.reading import Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.spans import When
from newsbt.articles.tense import begins_past, tense_of

__all__ = ["OLD_DAYS", "Dated", "SentenceDates", "clause_at", "counts_from"]

#: Days before publication from which on what is told is taken for the story of that time.
OLD_DAYS = 60
#: Characters from its beginning within which a date frames all that a sentence tells.
FRAME = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """Days, the words that say so (None for none), and how they were come by."""

    when: When
    word: DateWord | None
    by: DatedBy


class SentenceDates:
    """What the sentence that was entered last says of days, and the sentences before it.

    Parameters
    ----------
    reading : Reading
    """

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._published = reading.article.published
        self._anchor: tuple[Dated, int, int] | None = None
        self._resolved: list[tuple[DateWord, When]] = []
        self._heading: tuple[Dated, int] | None = None
        self._paragraph, self._lines = -1, 0
        self._starts: dict[int, int] = {}

    def enter(self, part: Part) -> None:
        """Resolve the date words of the next sentence."""
        self._before = self._anchor
        self._starts[part.number] = part.span[0]
        self._resolved = []
        if part.sentence.paragraph != self._paragraph:
            self._paragraph, self._lines = part.sentence.paragraph, self._lines + 1
        tenses: dict[int, Tense] = {}
        whole: Tense | None = None
        for word in part.words:
            clause = clause_at(part.clauses, word.start)
            anchor = self._anchor[0].when if self._anchor else None
            tense = tenses.get(clause.start)
            if tense is None:
                tense = tenses[clause.start] = tense_of(self._text, clause.start, clause.end)
            if SAID_BEFORE.search(self._text, max(part.span[0], word.start - 50), word.start):
                tense = "past"
            if TOLD_AFTER.match(self._text, word.end, clause.end) or BACK.search(
                self._text, max(part.span[0], word.start - 12), word.start
            ):
                tense = "past"
            if word.rule.name in ("month", "part of month") and PLAN_TOLD.search(
                self._text, max(part.span[0], word.start - 120), word.start
            ):
                tense = "past"
            framing = word.start - part.span[0] <= FRAME
            if tense == "future" and framing and begins_past(self._text, word.end, clause.end):
                tense = "past"
            if tense == "unknown":
                if whole is None:
                    whole = tense_of(self._text, *part.span)
                tense = whole
            when = resolve(word, Context(self._published, anchor, tense))
            if when is None:
                continue
            heads, alone = self._heads(part, word)
            if heads:
                when = self._in_order(word, when)
                self._heading = (Dated(when, word, "words"), self._lines) if alone else None
            self._resolved.append((word, when))
            aside = clause.link in ("which", "who", "whose", "where")
            if word.role in ("on", "since", "level") and word.rule.name != "quarter" and not aside:
                self._anchor = (Dated(when, word, "context"), part.number, part.sentence.paragraph)

    def _framed(self, part: Part) -> bool:
        """Whether a sentence just before begins with a date that goes on to hold: "Last month, ..."."""
        if self._before is None or self._before[0].word is None:
            return False
        dated, number, paragraph = self._before
        near = paragraph == part.sentence.paragraph and part.number - number <= 2
        return near and dated.word is not None and self._starts[number] + FRAME >= dated.word.start

    def _heads(self, part: Part, word: DateWord) -> tuple[bool, bool]:
        """Whether `word` heads an entry of a timeline, and whether it stands alone on its line."""
        start, end = part.span
        if word.start - start > 2 or word.role not in ("on", "fiscal"):
            return False, False
        behind = self._text[word.end : end].strip(" .,:：")
        return (
            not behind or self._text[word.end : word.end + 2].strip()[:1] in (":", "：", "–", "—")
        ), not behind

    def _in_order(self, word: DateWord, when: When) -> When:
        """An entry without a year: the first such day after the entry before, as a timeline runs forward."""
        if word.rule.name != "day of month" or self._anchor is None:
            return when
        before = self._anchor[0].when.last
        if when.first < before or (when.first - before).days > 366:
            for year in (before.year, before.year + 1):
                try:
                    moved = when.first.replace(year=year)
                except ValueError:
                    continue
                if before <= moved <= self._published:
                    return spans.day(moved)
        return when

    def _counted(self, part: Part, clause: Clause) -> DateWord | None:
        """The words right before `clause` that count from it: ``a day after``."""
        return next((w for w in part.words if counts_from(w) and abs(w.end - clause.start) <= 2), None)

    def _since(self, word: DateWord, start: int) -> bool:
        """Whether the event itself stands between "since" and its date: since the ruling of May 3."""
        if word.role != "since" or start > word.start:
            return False
        return re.search(r"\b[Ss]ince\b[^,;.\n]*$", self._text[max(0, start - 40) : start]) is not None

    def _begun(self, word: DateWord, when: When) -> When:
        """The days that "since" counts from, for the event itself that a stretch began with."""
        if word.role != "since":
            return when
        return resolve(replace(word, role="on"), Context(self._published, None, "past")) or when

    def _is_old(self, when: When) -> bool:
        return (self._published - when.last).days > OLD_DAYS


def counts_from(word: DateWord) -> bool:
    """Whether the words count from what the next clause tells: ``a day after``."""
    return word.rule.relative == "anchor" and word.text.lower().endswith((" after", " before"))


def clause_at(parts: Sequence[Clause], offset: int) -> Clause:
    """The clause that `offset` lies in, else the last."""
    return next((item for item in parts if offset < item.end), parts[-1])
