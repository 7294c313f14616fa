"""Headlines as clauses of words, and phrases with wildcards and gaps found in them (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["GAP_WORDS", "Match", "Phrase", "PhraseBook", "clauses", "parse_phrase"]

#: Most words that ``...`` in a phrase stands for.
GAP_WORDS = 6

_TOKEN = re.compile(
    r"""
      (?P<initials>(?:[^\W\d_]\.){2,})                                    # U.S.
    | (?P<number>(?:(?<![\w.])[+-])?(?:[a-z]{0,3}[$€£¥])?              # +, US$
                 \d+(?:[.,]\d+)*[^\W\d_]*%?)                            # 26%, 2.8bn
    | (?P<word>[^\W_]+(?:['.&][^\W_]+)*)                                  # Alibaba's, JD.com, S&P
    | (?P<stop>[;:!?()\[\]—–|]|\.(?=\s|$)|(?<=\s)-(?=\s)                 # ends a clause
              |,(?!\s+[\w.'&]+(?:\s+[\w.'&]+)?(?:,|\s+(?:and|or)\s)))        # so does a comma, but in a list
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "−": "-", "‑": "-"})


def clauses(headline: str) -> list[list[str]]:
    """Words of `headline`, in lower case, clause by clause.

    Colons, brackets, full stops, dashes between spaces and commas end a clause; the commas of a list
    (``"Alibaba, Tencent and Baidu"``, items of one or two words) do not. Hyphens split words;
    figures keep sign, currency, unit and per cent sign (``"+26%"``, ``"us$2.8bn"``); a possessive ``'s`` is
    dropped. No clause is empty.
    """
    found: list[list[str]] = [[]]
    for token in _TOKEN.finditer(headline.translate(_PLAIN).lower()):
        if token.lastgroup == "stop":
            found.append([])
        else:
            text = token.group()
            found[-1].append(
                text.replace(".", "") if token.lastgroup == "initials" else text.removesuffix("'s")
            )
    return [clause for clause in found if clause]


@dataclass(frozen=True, slots=True)
class _Word:
    """One place of a phrase: words it takes, beginnings it takes, most other words before it."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    gap: int

    def takes(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.stems)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written in a table, ready to be matched.

    Parameters
    ----------
    text : str
        As written.
    words : tuple
        Its places, in order.
    """

    text: str
    words: tuple[_Word, ...]


def parse_phrase(text: str) -> Phrase:
    """Read a phrase such as ``"raise*|lift* ... target"``.

    Words are separated by blanks or hyphens and matched whole, in any case. ``|`` separates alternatives for
    one word; ``*`` at the end of a word takes any ending (at least the letters before it); ``...`` takes up
    to :data:`GAP_WORDS` other words of the same clause.

    Raises
    ------
    ValueError
        No word, a gap at either end or next to another, or a ``*`` that is not at the end of two or more
        letters (or of a sign: ``+*``).
    """
    words: list[_Word] = []
    gap = 0
    for place in re.sub(r"(?<=\w)-(?=\w)", " ", text.lower().translate(_PLAIN)).split():
        if place == "...":
            if gap or not words:
                raise ValueError(f"phrase {text!r}: '...' must stand between two words")
            gap = GAP_WORDS
            continue
        choices = place.split("|")
        stems = tuple(choice[:-1] for choice in choices if choice.endswith("*"))
        whole = frozenset(choice for choice in choices if not choice.endswith("*"))
        if "" in whole or any("*" in choice for choice in (*whole, *stems)):
            raise ValueError(f"phrase {text!r}: write '*' at the end of a word and no empty alternative")
        if any(len(stem) < 2 and stem not in ("+", "-") for stem in stems):
            raise ValueError(f"phrase {text!r}: put two letters or more before '*'")
        words.append(_Word(whole, stems, gap))
        gap = 0
    if gap or not words:
        raise ValueError(f"phrase {text!r}: begin and end it with a word")
    return Phrase(text, tuple(words))


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a clause.

    Parameters
    ----------
    owner : int
        Whose phrase, as given to :class:`PhraseBook`.
    places : tuple of int
        Positions of its words in the clause; words in its gaps are not among them.
    """

    owner: int
    places: tuple[int, ...]


class PhraseBook:
    """Many phrases, indexed by their first word so that a clause is read once.

    Parameters
    ----------
    owned : sequence of (int, Phrase)
        Phrases and whom they belong to.
    """

    def __init__(self, owned: Sequence[tuple[int, Phrase]]) -> None:
        self._whole: dict[str, list[tuple[int, Phrase]]] = {}
        self._stems: dict[str, list[tuple[int, Phrase]]] = {}
        for owner, phrase in owned:
            for word in phrase.words[0].whole:
                self._whole.setdefault(word, []).append((owner, phrase))
            for stem in phrase.words[0].stems:
                self._stems.setdefault(stem, []).append((owner, phrase))
        self._lengths = sorted({len(stem) for stem in self._stems})

    def find(self, clause: Sequence[str]) -> Iterator[Match]:
        """Every place where a phrase matches, with the shortest gaps that do; overlaps included."""
        for start, word in enumerate(clause):
            candidates = list(self._whole.get(word, ()))
            for length in self._lengths:
                if length <= len(word):
                    candidates += self._stems.get(word[:length], ())
            for owner, phrase in candidates:
                places = _follow(phrase.words, 1, clause, (start,))
                if places:
                    yield Match(owner, places)


def _follow(
    words: tuple[_Word, ...], at: int, clause: Sequence[str], places: tuple[int, ...]
) -> tuple[int, ...]:
    """Positions of ``words[at:]`` after `places`, nearest first; empty where they do not follow."""
    if at == len(words):
        return places
    after = places[-1] + 1
    for position in range(after, min(after + words[at].gap + 1, len(clause))):
        if words[at].takes(clause[position]):
            found = _follow(words, at + 1, clause, (*places, position))
            if found:
                return found
    return ()
