"""Text to paragraphs, sentences and clauses, each as character offsets into the text (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["LONGEST", "Clause", "Sentence", "clauses", "sentences"]

#: Characters after which a sentence is cut, so that text without full stops is read in bounded pieces.
LONGEST = 1200
#: Characters from which on a line may be one of a wrapped paragraph.
WRAPPED = 50
#: The same where most lines of a text are such.
SHORTEST_WRAPPED = 30

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)|[。！？；]+[”’」』）]*|\n")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Inc|Corp|Co|Ltd|Bros|Jr|Sr|vs|No|approx|est|etc|cf|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tues|Tue|Wed|Thurs|Thu|Fri|Sat|Sun|a\.m|p\.m"
    r"|e\.g|i\.e)|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)
_FINAL = (".", "!", "?", ":", "”", '"', "。", "！", "？")
_GOES_ON, _ANY_WORD = re.compile(r"[a-z0-9$(“\"']"), re.compile(r"[\w$(“\"']")
_COMPANY = re.compile(r"\b(?:Inc|Corp|Co|Ltd)\.$")
_STARTS = re.compile(
    r"\s+(?:The|According|In|On|It|But|And|He|She|They|We|This|That|These|Its|A|An|However|Shares|While"
    r"|After|As|For|At|With|When|Since|By|Analysts|Meanwhile|Last|Also|Both|Separately|There|If|To|From"
    r"|Under|Earlier)\b|\n"
)
_LINK = re.compile(
    r"(?:,\s*|\s+[–—-]\s*|—|\s+)(?:just\s+|even\s+|shortly\s+|right\s+)?(after|following|follow(?:s"
    r"|ed)(?!\s+(?:suit|by))|when|while|before"
    r"|because|although|though|which(?!\s+(?:began|started)\b)|who|where|whose|amid"
    r"|thanks to|on (?:news|reports|optimism|hopes"
    r"|expectations|speculation|bets|signs|concerns?|worries|fears)(?: that| of| over| about)?"
    r"|on the back of|triggered by|driven by|sparked by|fuell?ed by|prompted by|spurred by|boosted by"
    r"|helped by|followed by|that led to|which led to|but|as(?=\s+(?!well\b|much\b|many\b|a\b|an\b|of\b"
    r"|part\b|high\b|low\b|soon\b"
    r"|early\b)))\s+|[;；，]\s*|(?<=[一-鿿]),(?=[一-鿿0-9])|,\s+(and|with|adding|saying|sending|triggering"
    r"|prompting|leading to|citing|(?=in\b|on\b))\s*|\s+[–—]\s+|—"
)


_LEADS = re.compile(
    r"(Since|After|When|While|As|Following|Amid|Although|Before|Despite|Because) [^,\n]{3,300}, (?!and\b"
    r"|or\b)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Parameters
    ----------
    start, end : int
        Offsets into the text, `end` exclusive; no white space at either end.
    paragraph : int
        Number of the line it stands on, blank ones not counted.
    """

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a sentence.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    link : str
        The word that ties it to what stands before (``"after"``), lower case, empty for none.
    """

    start: int
    end: int
    link: str


def sentences(text: str) -> list[Sentence]:
    """Sentences of `text`, in order; lines end a sentence, too, as headings and lists have no full stop.

    A long line that ends without a mark and goes on with a small letter is one of a wrapped paragraph.
    """
    found: list[Sentence] = []
    begin = paragraph = 0
    for end, line_break in _ends(text):
        at = begin
        while at < end and text[at].isspace():
            at += 1
        stop = end
        while stop > at and text[stop - 1].isspace():
            stop -= 1
        for piece in range(at, stop, LONGEST):
            found.append(Sentence(piece, min(piece + LONGEST, stop), paragraph))
        begin = end
        paragraph += line_break and bool(found) and found[-1].paragraph == paragraph
    return found


def _ends(text: str) -> Iterator[tuple[int, bool]]:
    """Offset of each end of a sentence, and whether it is that of a line."""
    line, all_wrapped = 0, _is_wrapped(text)
    for match in _END.finditer(text):
        mark = match.group()
        if mark == "." and _abbreviates(text, match.end()):
            continue
        if mark == "\n":
            long = match.end() - line >= (SHORTEST_WRAPPED if all_wrapped else WRAPPED)
            going_on = _ANY_WORD if all_wrapped else _GOES_ON
            wrapped = long and going_on.match(text, match.end()) is not None
            line = match.end()
            if wrapped and not text[max(0, match.start() - 2) : match.start()].rstrip().endswith(_FINAL):
                continue
        yield match.end(), mark == "\n"
    yield len(text), False


def _is_wrapped(text: str) -> bool:
    """Whether the text's paragraphs are broken into lines of a fixed width: most lines end without a mark."""
    lines = [line.rstrip() for line in text[:20_000].split("\n") if line.strip()]
    broken = [line for line in lines if SHORTEST_WRAPPED <= len(line) <= 110 and not line.endswith(_FINAL)]
    return len(lines) >= 5 and len(broken) >= 0.6 * len(lines)


def _abbreviates(text: str, end: int) -> bool:
    """Whether the full stop before `end` belongs to a short form, and no sentence ends there."""
    before = text[max(0, end - 14) : end]
    if _SHORT.search(before) is None:
        return False
    if before.endswith(("p.m.", "a.m.")):
        return not text[end : end + 3].lstrip()[:1].isupper()
    return not (_COMPANY.search(before) and _STARTS.match(text, end))


def _led(text: str, sentence: Sentence) -> tuple[int, str]:
    """Where the main clause begins behind a leading "After ...,", and the word that leads."""
    match = _LEADS.match(text, sentence.start, sentence.end)
    return (match.end(), match[1].lower()) if match else (sentence.start, "")


def clauses(text: str, sentence: Sentence) -> list[Clause]:
    """Parts of `sentence`, split where a conjunction or a mark begins a new one."""
    found: list[Clause] = []
    begin, link = _led(text, sentence)
    if begin > sentence.start:
        found.append(Clause(sentence.start, begin, link))
        link = ""
    for match in _LINK.finditer(text, sentence.start, sentence.end):
        if match.start() <= begin:
            continue
        found.append(Clause(begin, match.start(), link))
        word = (match.group(1) or match.group(2) or "").lower()
        if word in ("follows", "followed"):
            word = "following"
        if word.endswith("led to"):
            word = "leading to"
        begin, link = match.end(), "on news that" if word.startswith("on ") else word
    if begin < sentence.end:
        found.append(Clause(begin, sentence.end, link))
    return found
