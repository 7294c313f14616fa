"""Scores headlines by rules that a user edits: categories, cues, negations, figures (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsbt.scoring.figures import Pair, find_pairs
from newsbt.scoring.words import Match, Phrase, PhraseBook, clauses

__all__ = ["Category", "Cue", "Figures", "Judgement", "Negation", "Taxonomy"]


@dataclass(frozen=True, slots=True)
class Category:
    """What a category of :data:`newsbt.records.CATEGORIES` is worth.

    Parameters
    ----------
    strength : float
        Multiplies the cues; 0 to 1.
    half_life : float
        In sessions.
    direction : int
        Opinion, times strength, on a headline without any cue; 0 for none.
    """

    strength: float
    half_life: float
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that mean the same.

    Parameters
    ----------
    name : str
        Shown in the audit.
    direction : int
        -1 or 1.
    weight : float
        0 to 2.
    phrases : tuple of Phrase
        Any of them will do.
    categories : frozenset of str
        Categories it speaks in; empty for all.
    """

    name: str
    direction: int
    weight: float
    phrases: tuple[Phrase, ...]
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Negation:
    """Phrases before a cue that turn it round.

    Parameters
    ----------
    phrases : tuple of Phrase
        ``"no longer"``, ``"drop* plan to"``.
    window : int
        Most words between the phrase and the cue.
    factor : float
        What the cue's weight is multiplied by; -1 to 0.
    """

    phrases: tuple[Phrase, ...]
    window: int
    factor: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How "actual vs consensus" figures count.

    Parameters
    ----------
    words : frozenset of str
        Words that set one figure against the other.
    weight : float
        Of one pair.
    full : float
        Surprise (decimal, 0.1 = 10 % of the consensus) that counts fully; less counts in proportion.
    categories : frozenset of str
        Categories in which figures are read.
    """

    words: frozenset[str]
    weight: float
    full: float
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Opinion on one headline.

    Parameters
    ----------
    value : float
        In [-1, 1]; 0 where nothing speaks or what speaks cancels.
    half_life : float
        In sessions.
    why : str
        The cues that spoke.
    """

    value: float
    half_life: float
    why: str


@dataclass(frozen=True)
class Taxonomy:
    """A table of rules, ready to judge.

    Built from a file by :func:`newsbt.scoring.taxonomy_table.parse_taxonomy`.
    """

    categories: Mapping[str, Category]
    cues: Sequence[Cue]
    negations: Sequence[Negation] = ()
    figures: Figures | None = None
    _cue_book: PhraseBook = field(init=False, repr=False, compare=False)
    _negation_book: PhraseBook = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the phrases."""
        for name, owned in (
            ("_cue_book", [cue.phrases for cue in self.cues]),
            ("_negation_book", [negation.phrases for negation in self.negations]),
        ):
            book = PhraseBook([(at, phrase) for at, phrases in enumerate(owned) for phrase in phrases])
            object.__setattr__(self, name, book)

    def judge(self, headline: str, category: str) -> Judgement:
        """Score a headline.

        The sum of the cues found, each at most once and turned round where a negation stands before it,
        plus the figures, times the category's strength, clipped to [-1, 1]. Where cues overlap, the one of
        more words speaks alone.
        """
        kind = self.categories.get(category)
        if kind is None:
            return Judgement(0.0, 1.0, f"category {category!r} has no rules")
        said: dict[str, tuple[float, str]] = {}
        before: list[str] = []
        for clause in clauses(headline):
            pairs = self._pairs_in(clause, before, category)
            found = self._cues_in(clause, category, {place for pair in pairs for place in pair.places})
            negations = self._negations_in(clause, found)
            for match in found:
                cue = self.cues[match.owner]
                factor = self._negated(match, negations)
                note = " negated" if factor != 1.0 else ""
                said.setdefault(cue.name, (cue.direction * cue.weight * factor, f"{cue.name}{note}"))
            for pair in pairs:
                said.setdefault(f"figures {pair.text}", (self._worth(pair), f"figures {pair.text}"))
            before = clause
        if not said:
            default = f"no cue; default of {category}" if kind.direction else "no cue"
            return Judgement(kind.direction * kind.strength, kind.half_life, default)
        total = kind.strength * sum(value for value, _ in said.values())
        why = ", ".join(f"{text} {value:+.2g}" for value, text in said.values())
        value = 0.0 if abs(total) < 1e-12 else min(max(total, -1.0), 1.0)
        return Judgement(value, kind.half_life, f"cues: {why}" + ("" if value else "; they cancel"))

    def _cues_in(self, clause: Sequence[str], category: str, taken: set[int]) -> list[Match]:
        """Matches in a clause off the places `taken` that do not overlap, the ones of more words first."""
        every = [
            match
            for match in self._cue_book.find(clause)
            if not self.cues[match.owner].categories or category in self.cues[match.owner].categories
        ]
        kept: list[Match] = []
        for match in sorted(every, key=lambda match: (-len(match.places), match.places, match.owner)):
            if taken.isdisjoint(match.places):
                kept.append(match)
                taken.update(match.places)
        return sorted(kept, key=lambda match: match.places)

    def _negations_in(self, clause: Sequence[str], found: Sequence[Match]) -> list[Match]:
        """Negations of a clause; words of cues negate nothing."""
        if not found:
            return []
        taken = {place for match in found for place in match.places}
        return [match for match in self._negation_book.find(clause) if taken.isdisjoint(match.places)]

    def _negated(self, cue: Match, negations: Sequence[Match]) -> float:
        """Factor of the nearest negation before a cue; 1 for none."""
        factor, nearest = 1.0, -1
        for match in negations:
            negation, end = self.negations[match.owner], match.places[-1]
            if 0 < cue.places[0] - end <= negation.window + 1 and end > nearest:
                factor, nearest = negation.factor, end
        return factor

    def _pairs_in(self, clause: Sequence[str], before: Sequence[str], category: str) -> list[Pair]:
        """Pairs of figures in a clause, where the category reads them."""
        if self.figures is None or category not in self.figures.categories:
            return []
        return find_pairs(clause, self.figures.words, before)

    def _worth(self, pair: Pair) -> float:
        """Weight of a pair: in proportion to the surprise, up to the full weight."""
        if self.figures is None:
            return 0.0
        return self.figures.weight * min(max(pair.surprise / self.figures.full, -1.0), 1.0)
