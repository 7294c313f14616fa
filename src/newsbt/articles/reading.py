"""An article taken apart: sentences, clauses, date words and names, each with its offsets (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsbt.articles.date_words import DateWord, find_date_words
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.sentences import Clause, Sentence, clauses, sentences

__all__ = ["FindsIssuers", "MentionLike", "Name", "Part", "Reading", "read"]


#: Characters that are linked at a time.
BLOCK = 8_000
#: An index does nothing that is news.
INDEX = "HSTECH"
_SURNAMES = frozenset(
    (
        "Ma",
        "Tsai",
        "Wu",
        "Zhang",
        "Jiang",
        "Xu",
        "Jing",
        "Liu",
        "Huang",
        "Chen",
        "Zhao",
        "Li",
        "Lau",
        "Wang",
        "Lei",
        "Lu",
        "Lin",
        "Yang",
        "Ding",
        "Liang",
        "Sun",
        "Rui",
        "Zhou",
        "Zhu",
        "Gao",
        "He",
        "Guo",
        "Luo",
        "Song",
        "Tang",
        "Han",
        "Feng",
        "Deng",
        "Cao",
        "Peng",
        "Zeng",
        "Xiao",
        "Tian",
        "Dong",
        "Pan",
        "Yuan",
        "Cai",
        "Jia",
        "Wei",
        "Xue",
        "Ye",
        "Yan",
        "Yu",
        "Du",
        "Dai",
        "Xia",
        "Zhong",
    )
)


#: Where something was posted, and no firm that acts.
_POSTED_ON = re.compile(
    r"\b(?:on|via|through|official)(?: \w+){0,2} (?:WeChat|Weixin|Weibo|X)$"
    r"|(?:通过|通過|在|官方)(?:微信|微博)$"
)
_FIRST_NAME = re.compile(r"\w[ \u00a0](?!Mr|Ms|Mrs|Dr)[A-Z][a-z]+[ \u00a0]$")


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
    text : str
        Of the article, each line break as a space: as long, so that offsets are the same.
    """

    article: Article
    parts: tuple[Part, ...]
    subject: str
    text: str


def read(
    article: Article, linker: FindsIssuers, outside: OutsideNames, ignored: Collection[str] = ()
) -> Reading:
    """Take `article` apart, without names of `ignored` issuers; time grows with its length."""
    text = article.text
    found = sentences(text)
    names = [name for name in _names(text, found, linker, outside) if name.symbol not in {*ignored, INDEX}]
    parts, count = [], Counter[str]()
    at = 0
    for number, sentence in enumerate(found):
        mine = []
        while at < len(names) and names[at].start < sentence.end:
            mine.append(names[at])
            at += 1
        for name in mine:
            count[name.symbol] += name.inside * (3 if number < 2 else 1)
        words = tuple(find_date_words(text, sentence.start, sentence.end))
        parts.append(Part(sentence, tuple(clauses(text, sentence)), words, tuple(mine), number))
    best = max(count, key=lambda name: count[name], default="")
    flat = text.replace("\n", " ").replace("\r", " ")
    return Reading(article, tuple(parts), best if count[best] else "", flat)


def _names(text: str, parts: Sequence[Sentence], linker: FindsIssuers, outside: OutsideNames) -> list[Name]:
    """Every name in order: linked block by block, as what an alias means may hang on words further off."""
    found: list[Name] = []
    for start, end in _blocks(parts):
        piece = text[start:end]
        block = [
            Name(item.issuer, start + item.start, start + item.end, True)
            for item in linker.link(piece)
            if not _POSTED_ON.search(piece, max(0, item.start - 30), item.end)
        ]
        taken = {at for name in block for at in range(name.start, name.end)}
        for symbol, left, right in outside.find(piece):
            if start + left not in taken:
                block.append(Name(symbol, start + left, start + right, False))
        found += sorted(block, key=lambda name: name.start)
    return sorted([*found, *_surnames(text, found)], key=lambda name: name.start)


def _blocks(parts: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Stretches of whole sentences, each of at most about `BLOCK` characters."""
    blocks: list[tuple[int, int]] = []
    for part in parts:
        if blocks and part.end - blocks[-1][0] <= BLOCK:
            blocks[-1] = (blocks[-1][0], part.end)
        else:
            blocks.append((part.start, part.end))
    return blocks


def _surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """People whose full name stood before, where only the last of it is given: ``Jack Ma``, later ``Ma``."""
    people: dict[str, Name] = {}
    for name in names:
        words = text[name.start : name.end].split()
        if name.inside and len(words) == 2 and words[1] in _SURNAMES:
            people.setdefault(words[1], name)
    if not people:
        return []
    taken = {at for name in names for at in range(name.start, name.end)}
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(people)})(?![\w-])(?! [A-Z])")
    return [
        Name(people[match.group()].symbol, match.start(), match.end(), True)
        for match in pattern.finditer(text)
        if match.start() > people[match.group()].start
        and match.start() not in taken
        and not _FIRST_NAME.search(text, max(0, match.start() - 24), match.start())
    ]
