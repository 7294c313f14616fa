"""An article taken apart: sentences, clauses, date words and names, each with its offsets (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from newsbt.articles.date_words import DateWord, find_date_words
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.sentences import LONGEST, Clause, Sentence, clauses, sentences

__all__ = ["FindsIssuers", "MentionLike", "Name", "Part", "Reading", "read"]


class MentionLike(Protocol):
    """What a linker finds."""

    @property
    def issuer(self) -> str:
        """As in ``universe.toml``."""
        ...

    @property
    def start(self) -> int:
        """Offset into the text."""
        ...

    @property
    def end(self) -> int:
        """Offset into the text, exclusive."""
        ...


class FindsIssuers(Protocol):
    """What finds issuers in a text: :class:`newsbt.linking.linker.Linker`."""

    def link(self, text: str) -> Sequence[MentionLike]:
        """Mentions in order."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """An issuer, or a firm outside the universe, where the text names it."""

    symbol: str
    start: int
    end: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence with what stands in it; a headline has no full stop."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    words: tuple[DateWord, ...]
    names: tuple[Name, ...]
    number: int

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.sentence.start, self.sentence.end


@dataclass(frozen=True, slots=True)
class Reading:
    """An article taken apart.

    Parameters
    ----------
    article : Article
    parts : tuple of Part
        Its sentences in order.
    subject : str
        The issuer it is mostly about; empty where it names none.
    """

    article: Article
    parts: tuple[Part, ...]
    subject: str

    @property
    def text(self) -> str:
        """Of the article."""
        return self.article.text


def read(article: Article, linker: FindsIssuers, outside: OutsideNames) -> Reading:
    """Take `article` apart; time grows with its length."""
    text = article.text
    parts, count = [], Counter[str]()
    for number, sentence in enumerate(sentences(text)):
        names = _names(text, sentence, linker, outside)
        count.update({name.symbol: 0 for name in names})
        for name in names:
            count[name.symbol] += name.inside * (3 if number < 2 else 1)
        words = tuple(find_date_words(text, sentence.start, sentence.end))
        parts.append(Part(sentence, tuple(clauses(text, sentence)), words, names, number))
    best = max(count, key=lambda name: count[name], default="")
    return Reading(article, tuple(parts), best if count[best] else "")


def _names(text: str, sentence: Sentence, linker: FindsIssuers, outside: OutsideNames) -> tuple[Name, ...]:
    piece = text[sentence.start : sentence.end][:LONGEST]
    at = sentence.start
    found = [Name(item.issuer, at + item.start, at + item.end, True) for item in linker.link(piece)]
    taken = [(name.start, name.end) for name in found]
    for symbol, start, end in outside.find(piece):
        if all(at + end <= left or right <= at + start for left, right in taken):
            found.append(Name(symbol, at + start, at + end, False))
    return tuple(sorted(found, key=lambda name: name.start))
