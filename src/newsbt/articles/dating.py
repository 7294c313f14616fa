"""When an event of a clause happened: its own date words, its neighbours', or the article's (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsbt.articles import spans
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.model import DatedBy
from newsbt.articles.reading import Part, Reading
from newsbt.articles.sentences import Clause
from newsbt.articles.spans import When
from newsbt.articles.tense import is_present, tense_of

__all__ = ["Dated", "Dater"]

#: Days before publication within which undated news of a lead, or told in the present, came about.
FRESH_DAYS = 7
_REACTION = {"after", "following", "on news that", "thanks to", "on the back of", "amid", "because"}
_SAYS = re.compile(
    r"\b(?:said|says|announced|told|reported|wrote|according|disclosed|confirmed)\b|表示|宣布|称|稱|透露"
)
_CARRIES_ON = re.compile(
    r"(?:This|That|These|Those|First|Next|Then|Later|At the time|At that|Days later|Weeks later|Months later|Ostensibly"
    r"|He|She|It|They|The (?:move|deal|company|decision|speech|fine|announcement))\b|其后|其後|随后|隨後|此后|此後"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Days, the words that say so (None for none), and how they were come by."""

    when: When
    word: DateWord | None
    by: DatedBy


class Dater:
    """Dates the events of one article, sentence by sentence in order.

    Parameters
    ----------
    reading : Reading
    """

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._published = reading.article.published
        self._anchor: tuple[Dated, int, int] | None = None
        self._resolved: list[tuple[DateWord, When]] = []

    def enter(self, part: Part) -> None:
        """Resolve the date words of the next sentence."""
        self._before = self._anchor
        self._resolved = []
        for word in part.words:
            clause = _clause_at(part.clauses, word.start)
            anchor = self._anchor[0].when if self._anchor else None
            tense = tense_of(self._text, clause.start, clause.end)
            if tense == "unknown":
                tense = tense_of(self._text, *part.span)
            when = resolve(word, Context(self._published, anchor, tense))
            if when is None:
                continue
            self._resolved.append((word, when))
            if word.role in ("on", "since"):
                self._anchor = (Dated(when, word, "context"), part.number, part.sentence.paragraph)

    def date(self, part: Part, clause: Clause, start: int, *, lead: bool) -> Dated | None:
        """When the event whose words begin at `start` of `clause` happened; None where nothing says so."""
        own = [item for item in self._resolved if clause.start <= item[0].start < clause.end]
        own = [item for item in own if item[0].role in ("on", "since") and not _counts_from(item[0])]
        if own:
            word, when = self._choose(own, clause, start)
            return Dated(when, word, "words")
        near = [
            item
            for item in self._resolved
            if item[0].role in ("on", "since")
            and not _counts_from(item[0])
            and not _own_clause_only(item[0], part)
        ]
        if near:
            word, when = min(
                near, key=lambda item: (item[0].start > clause.start, abs(item[0].start - start))
            )
            moved = self._by_link(part, clause, when)
            if moved is not None:
                return Dated(moved, word, "clause" if clause.link in _REACTION else "words")
        return self._undated(part, clause, lead=lead)

    def _choose(
        self, own: Sequence[tuple[DateWord, When]], clause: Clause, start: int
    ) -> tuple[DateWord, When]:
        """The words nearest to the event; of what was said and what is to come, when it was said."""
        if _SAYS.search(self._text, clause.start, clause.end):
            past = [item for item in own if item[1].first <= self._published]
            own = past or own
        finest = [item for item in own if item[1].unit in ("day", "days", "week")] or own
        return min(finest, key=lambda item: abs(item[0].start - start))

    def _by_link(self, part: Part, clause: Clause, main: When) -> When | None:
        """From the date of the main clause to that of a clause that is tied to it."""
        count = next((w for w in part.words if _counts_from(w) and abs(w.end - clause.start) <= 2), None)
        if count is not None:
            moved = resolve(count, Context(self._published, main, "past"))
            if moved is None:
                return None
            back = (main.first - moved.first).days, (main.last - moved.last).days
            return When(
                *sorted((spans.shift(main.first, back[0]), spans.shift(main.last, back[1]))), moved.unit
            )
        if clause.link in _REACTION:
            unit = "days" if main.unit == "day" else main.unit
            return When(spans.business_days_before(main.first, 2), main.last, unit)
        if clause.link == "before":
            return When(main.first, max(main.last, min(self._published, spans.shift(main.last, 3))), "days")
        return main

    def _undated(self, part: Part, clause: Clause, *, lead: bool) -> Dated | None:
        text = self._text[clause.start : clause.end]
        tense = tense_of(text)
        if tense == "future":
            return None
        anchor = self._before
        if anchor is not None and tense == "past":
            dated, number, paragraph = anchor
            carries = _CARRIES_ON.match(self._text, part.sentence.start) is not None
            close = part.number - number
            if (paragraph == part.sentence.paragraph and close <= 3) or (carries and close <= 2):
                return dated
        if lead or is_present(text):
            when = When(spans.shift(self._published, -FRESH_DAYS), self._published, "open")
            return Dated(when, None, "publication")
        return None


def _counts_from(word: DateWord) -> bool:
    """Whether the words count from what the next clause tells: ``a day after``."""
    return word.rule.relative == "anchor" and word.text.lower().endswith((" after", " before"))


def _own_clause_only(word: DateWord, part: Part) -> bool:
    """Whether the words belong to a side remark: ``, which fell in October,``."""
    return _clause_at(part.clauses, word.start).link in ("which", "who", "whose", "where")


def _clause_at(parts: Sequence[Clause], offset: int) -> Clause:
    return next((item for item in parts if offset < item.end), parts[-1])
