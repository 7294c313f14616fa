"""Whether an alias that stands in a text means its issuer there: word boundaries, case, neighbours (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from newsbt.linking.aliases import Alias

__all__ = ["Hit", "fits", "is_word", "mentions"]

#: What may stand between an alias and a neighbour that speaks against it.
LOOSE = " -\"'"
#: Characters on each side that are near where a context has no window; a headline is shorter.
FAR = 2_000
#: Characters on each side in which a neighbour right before or after is looked for.
BESIDE = 64
#: Letters of a word that a number may follow without a blank.
VERSIONED = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """An alias found at an offset."""

    alias: Alias
    start: int
    end: int


def is_word(folded: str, start: int, end: int) -> bool:
    """Whether ``folded[start:end]`` ends no Latin word or number in its middle.

    A number right behind a word of four letters or more is one by itself: ``"Qwen3"``, ``"Xiaomi15"``.
    """
    if start > 0 and _joined(folded[start - 1], folded[start]):
        return False
    if end == len(folded) or not _joined(folded[end - 1], folded[end]):
        return True
    return end - start >= VERSIONED and folded[end - 1].isalpha() and folded[end].isdigit()


def fits(hit: Hit, text: str, folded: str, accompanied: bool) -> bool:
    """Whether the context of an alias holds.

    Parameters
    ----------
    hit : Hit
    text, folded : str
        As given, and folded.
    accompanied : bool
        Another alias of the issuer stands elsewhere in the text, which serves as what is required.
    """
    alias, rule = hit.alias, hit.alias.context
    written = text[hit.start : hit.end]
    if alias.kind == "tickers" and alias.text.isalpha() and written != alias.text:
        return False
    if rule.case and written != alias.text:
        return False
    far = rule.window or FAR
    before = folded[max(0, hit.start - max(far, BESIDE)) : hit.start]
    after = folded[hit.end : hit.end + max(far, BESIDE)]
    if any(_ends(before, word) or _ends(before.rstrip(LOOSE), word) for word in rule.not_before):
        return False
    if any(_begins(after, word) or _begins(after.lstrip(LOOSE), word) for word in rule.not_after):
        return False
    near = f"{before[-far:]}\n{after[:far]}"
    if rule.require and not accompanied and not any(mentions(near, word) for word in rule.require):
        return False
    return not any(mentions(near, word) for word in rule.forbid)


def mentions(folded: str, word: str) -> bool:
    """Whether `word` stands in `folded` as a whole word."""
    at = folded.find(word)
    while at >= 0:
        if is_word(folded, at, at + len(word)):
            return True
        at = folded.find(word, at + 1)
    return False


def _ends(text: str, word: str) -> bool:
    return text.endswith(word) and is_word(text, len(text) - len(word), len(text))


def _begins(text: str, word: str) -> bool:
    return text.startswith(word) and is_word(text, 0, len(word))


def _joined(left: str, right: str) -> bool:
    """Both belong to one Latin word or number; Chinese has no blanks, so its signs join nothing."""
    return _latin(left) and _latin(right)


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"
