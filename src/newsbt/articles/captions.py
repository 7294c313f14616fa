"""Lines under a picture: what they date is the picture (pure)."""

from __future__ import annotations

import re

from newsbt.articles.reading import Part, Reading

__all__ = ["is_caption"]

LONGEST_CREDIT = 60
_AGENCY = (
    r"(?:Getty|Reuters|REUTERS|AFP|AP|Bloomberg|VCG|CFOTO|Shutterstock|Nur[Pp]hoto|EPA|LightRocket|Xinhua)"
)
_CREDIT = re.compile(
    rf"\|\s*{_AGENCY}\b|\b{_AGENCY} (?:Images|Photo|File)|\bvia {_AGENCY}\b|^(?:Photo|Image|Picture)s?\b"
    rf"(?: credit| source)?\s*[:：]|\(Photo\b|/\s*{_AGENCY}(?:\W|$)|图源|圖源|图片来源|（圖"
)


def is_caption(reading: Reading, part: Part) -> bool:
    """Whether `part` is credited to a picture agency, or stands alone above a line that is."""
    if _CREDIT.search(reading.text[slice(*part.span)]):
        return True
    behind = reading.parts[part.number + 1 : part.number + 2]
    if not behind or behind[0].sentence.paragraph == part.sentence.paragraph:
        return False
    before = reading.parts[part.number - 1].sentence.paragraph if part.number else -1
    start, end = behind[0].span
    credited = end - start <= LONGEST_CREDIT and _CREDIT.search(reading.text[start:end]) is not None
    return credited and before != part.sentence.paragraph
