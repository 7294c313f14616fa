"""When an event of a clause happened: its own date words, its neighbours', or the article's (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsbt.articles import spans
from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import DateWord, resolve
from newsbt.articles.dating_words import (
    BACKGROUND,
    CARRIES_ON,
    CONSEQUENCE,
    EFFECT,
    FILED,
    IN_ALL,
    IS_NEW,
    LOOKS_BACK,
    MOVED_BY,
    ORDER,
    REACTION,
    SAYS,
)
from newsbt.articles.price_moves import move_in
from newsbt.articles.reading import Part
from newsbt.articles.sentence_dates import OLD_DAYS, Dated, SentenceDates, clause_at, counts_from
from newsbt.articles.sentences import Clause
from newsbt.articles.spans import When
from newsbt.articles.tense import is_present, tense_of
from newsbt.articles.triggers import Undated

__all__ = ["Dated", "Dater"]

#: Days before publication within which undated news of a lead came about, and what stands further down.
FRESH_DAYS, BACKGROUND_DAYS = 7, 14
#: The same for what is only pointed to ("the tariffs").
RECENT_DAYS = 30
#: Days after the end of a period by which its figures are out.
LATEST_FIGURES = 120


#: A quarter of a year that need not be the calendar's.
_FISCAL = re.compile(r"\b[Ff]iscal $")
#: A period that lies ahead: what is expected is expected for it, and said earlier.
_TARGET_PERIOD = re.compile(r"(?:this|next|the (?:current|coming)) (?:year|quarter)", re.IGNORECASE)


class Dater(SentenceDates):
    """Dates the events of one article, sentence by sentence in order.

    Parameters
    ----------
    reading : Reading
    """

    def date(
        self,
        part: Part,
        clause: Clause,
        start: int,
        *,
        lead: bool,
        undated: Undated = "fresh",
        figures: bool = False,
        target: bool = False,
    ) -> Dated | None:
        """When the event whose words begin at `start` of `clause` happened; None where nothing says so."""
        if clause.link == "as" and EFFECT.search(self._text, start, clause.end):
            clause = replace(clause, link="after")
        own = [item for item in self._resolved if clause.start <= item[0].start < clause.end]
        own = [item for item in own if item[0].role in ("on", "since") and not counts_from(item[0])]
        if target:
            own = [item for item in own if not _TARGET_PERIOD.match(item[0].text)]
        if own and all(when.unit in ("year", "open") for _, when in own) and self._counted(part, clause):
            own = []
        own = [
            (word, self._begun(word, when) if clause.link == "since" or self._since(word, start) else when)
            for word, when in own
        ]
        if undated == "recent":
            own = [item for item in own if item[1].unit not in ("year", "open")]
        if figures:
            own = [
                item
                for item in own
                if not _FISCAL.search(self._text, max(0, item[0].start - 12), item[0].start)
            ]
        told = [
            item for item in own if item[1].unit in ORDER[:4] and item[0].rule.name not in ("quarter", "year")
        ]
        if figures and not told:
            after = self._after_period(clause)
            if after is not None:
                return self._narrowed(after, part, clause, lead=lead)
        if own:
            word, when = self._choose(own, clause, start)
            if when.days <= 2 and word.start > start and MOVED_BY.search(self._text, start, word.start):
                when = When(spans.business_days_before(when.first, 1), when.last, "days")
            filed = self._filed(part) if when.unit in ("quarter", "year") else None
            word, when = filed or (word, when)
            return Dated(when, word, "words")
        roles = ("on", "since", "level") if clause.link in CONSEQUENCE else ("on", "since")
        near = [
            item
            for item in self._resolved
            if item[0].role in roles
            and not counts_from(item[0])
            and not _own_clause_only(item[0], part, clause)
        ]
        if target:
            near = [item for item in near if not _TARGET_PERIOD.match(item[0].text)]
        if undated == "recent":
            near = [item for item in near if item[1].days <= 31]
        if near and (undated in ("fresh", "recent") or clause.link in REACTION | CONSEQUENCE | {"when"}):
            word, when = min(
                near, key=lambda item: (item[0].start > clause.start, abs(item[0].start - start))
            )
            if clause.link in REACTION | CONSEQUENCE:
                when = self._begun(word, when)
            moved = self._by_link(part, clause, when)
            if moved is not None:
                return Dated(moved, word, "clause" if clause.link in REACTION else "words")
        session = self._session(part, clause)
        if session is not None and undated in ("fresh", "recent"):
            return session
        if self._heading is not None and self._lines - self._heading[1] <= 2:
            return self._heading[0]
        return self._undated(part, clause, lead=lead, undated=undated)

    def _session(self, part: Part, clause: Clause) -> Dated | None:
        """What a price moved after, in a sentence without a date: the session that the article reports."""
        if (
            clause.link not in REACTION
            or clause.link in BACKGROUND
            or any(word.role in ("on", "since") for word, _ in self._resolved)
        ):
            return None
        told = self._text[part.span[0] : clause.start]
        old = self._before is not None and (self._published - self._before[0].when.last).days > OLD_DAYS
        if old or not move_in(told) or IN_ALL.search(told) or self._framed(part):
            return None
        main = When(spans.shift(self._published, -1), self._published, "days")
        moved = self._by_link(part, clause, main)
        return Dated(moved, None, "publication") if moved else None

    def _choose(
        self, own: Sequence[tuple[DateWord, When]], clause: Clause, start: int
    ) -> tuple[DateWord, When]:
        """The words nearest to the event; of what was said and what is to come, when it was said."""
        if SAYS.search(self._text, clause.start, clause.end):
            own = [item for item in own if item[1].first <= self._published and item[1].unit != "open"] or own
        own = [item for item in own if item[0].rule.name != "vaguely later"] or own
        sharp = min(ORDER.index(item[1].unit) for item in own)
        finest = [item for item in own if ORDER.index(item[1].unit) <= max(sharp, 2)]
        return min(finest, key=lambda item: abs(item[0].start - start))

    def _after_period(self, clause: Clause) -> Dated | None:
        """Figures for a quarter or a year come out after its end: within so many days, if that is past."""
        for word, when in self._resolved:
            compared = word.rule.name in ("ago", "later")
            period = (word.role == "fiscal" and not compared) or word.rule.name in ("quarter", "year")
            if (
                not period
                or not clause.start <= word.start < clause.end
                or when.unit not in ("month", "quarter", "year")
            ):
                continue
            if _FISCAL.search(self._text, max(0, word.start - 12), word.start):
                continue
            first, last = spans.shift(when.last, 1), spans.shift(when.last, LATEST_FIGURES)
            if first <= self._published and (last.year - self._published.year) >= -1:
                return Dated(When(first, min(last, self._published), "open"), word, "words")
        return None

    def _narrowed(self, after: Dated, part: Part, clause: Clause, *, lead: bool) -> Dated:
        """Figures that the lead tells of, or that a price moved after, are news of these days."""
        near = [when for word, when in self._resolved if word.role == "on" and when.days <= 2]
        if near and clause.link in REACTION:
            moved = self._by_link(part, clause, near[0])
        elif lead or (self._anchor is None and tense_of(self._text, clause.start, clause.end) != "future"):
            moved = When(spans.shift(self._published, -FRESH_DAYS), self._published, "open")
        else:
            moved = None
        both = after.when.meet(moved) if moved is not None else None
        if both is None and lead and moved is not None and clause.link not in REACTION:
            return Dated(moved, after.word, "publication")
        return after if both is None else replace(after, when=both)

    def _filed(self, part: Part) -> tuple[DateWord, When] | None:
        """The day of a filing or report that tells of a quarter or a year."""
        for word, when in self._resolved:
            if when.unit == "day" and FILED.search(
                self._text, max(part.span[0], word.start - 40), word.start
            ):
                return word, when
        return None

    def _by_link(self, part: Part, clause: Clause, main: When) -> When | None:
        """From the date of the main clause to that of a clause that is tied to it."""
        count = self._counted(part, clause)
        if count is not None:
            moved = resolve(count, Context(self._published, main, "past"))
            if moved is None:
                return None
            back = (main.first - moved.first).days, (main.last - moved.last).days
            days = sorted((spans.shift(main.first, back[0]), spans.shift(main.last, back[1])))
            return When(days[0], days[1], moved.unit)
        if clause.link in BACKGROUND:
            return When(spans.shift(main.first, -RECENT_DAYS), main.last, "open")
        if clause.link in REACTION:
            if main.days > 7:
                return When(spans.shift(main.first, -min(main.days // 3, 31)), main.last, main.unit)
            return When(spans.business_days_before(main.first, 2), main.last, "days")
        if clause.link in CONSEQUENCE:
            return When(main.first, min(self._published, spans.shift(main.last, 45)), "days")
        if clause.link == "before":
            return When(main.first, max(main.last, min(self._published, spans.shift(main.last, 3))), "days")
        return main

    def _undated(self, part: Part, clause: Clause, *, lead: bool, undated: Undated) -> Dated | None:
        text = self._text[clause.start : clause.end]
        tense = tense_of(text)
        if tense == "unknown":
            tense = tense_of(self._text, *part.span)
        if undated == "ahead":
            when = When(self._published, spans.add_months(self._published, 2), "open")
            return Dated(when, None, "publication")
        if undated == "recent":
            when = When(spans.shift(self._published, -RECENT_DAYS), self._published, "open")
            return Dated(when, None, "publication")
        if tense == "future" and SAYS.search(self._text, *part.span):
            tense = "past"
            lead = True
        if tense == "future":
            return None
        anchor = self._before
        if (
            anchor is not None
            and IS_NEW.search(text)
            and (self._published - anchor[0].when.last).days > FRESH_DAYS
        ):
            return self._of_the_story(lead=True, undated=undated, text=text)
        if anchor is not None and tense == "past":
            dated, number, paragraph = anchor
            carries = CARRIES_ON.match(self._text, part.sentence.start) is not None
            close = part.number - number
            if (
                dated.word is not None
                and dated.word.role == "level"
                and not (close == 1 and LOOKS_BACK.match(self._text, part.sentence.start))
            ):
                return self._of_the_story(lead=lead, undated=undated, text=text)
            old = (self._published - dated.when.last).days > OLD_DAYS
            if (paragraph == part.sentence.paragraph and close <= 3) or ((carries or old) and close <= 2):
                if self._anchor is anchor:
                    told = replace(dated, word=replace(dated.word, role="on")) if dated.word else dated
                    self._anchor = (told, part.number, part.sentence.paragraph)
                linked = self._by_link(part, clause, dated.when) or dated.when
                return replace(dated, when=linked)
            counted = next((w for w in part.words if counts_from(w) and abs(w.end - clause.start) <= 2), None)
            if counted is not None and close <= 5:
                linked = self._by_link(part, clause, dated.when) or dated.when
                return replace(dated, when=linked, word=counted)
        return self._of_the_story(lead=lead, undated=undated, text=text)

    def _of_the_story(self, *, lead: bool, undated: Undated, text: str) -> Dated | None:
        """The days up to publication, for what is told as new."""
        if undated != "fresh":
            return None
        told = lead or tense_of(text) == "unknown" or is_present(text)
        back = self._before[0] if self._before is not None else None
        if back is not None and back.word is not None and back.word.role == "level":
            back = None
        if not told and back is not None and self._is_old(back.when):
            return None
        days = FRESH_DAYS if lead else BACKGROUND_DAYS
        return Dated(When(spans.shift(self._published, -days), self._published, "open"), None, "publication")


def _own_clause_only(word: DateWord, part: Part, clause: Clause) -> bool:
    """Whether the words belong to a side remark (", which fell in October,") without `clause`."""
    side = clause_at(part.clauses, word.start)
    goes_on = clause.link in ("when", "after", "as") and 0 <= clause.start - side.end <= 8
    return side.link in ("which", "who", "whose", "where") and not goes_on
