"""How much a text is about the issuers it names: 0 to 1 a mention, and together (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbt.linking.aliases import KINDS

__all__ = ["combined", "of_mentions"]

#: A mention counts less the later it begins: by this much at the end of the text.
POSITION = 0.3
#: Share that is left to one of that many issuers; more than the last count as the last.
COMPANY = (1.0, 0.9, 0.75, 0.6, 0.5)
#: Share that is left to an issuer named as an example or for comparison.
ASIDE = 0.4
#: Share that is left to a name that is borrowed for another: "the Alibaba of India".
EPITHET = 0.25
#: What each further mention adds of the way to 1.
AGAIN = 0.15
_ASIDE = re.compile(
    r"(?:\b(?:rivals?|peers?|competitors?|companies|firms|giants|stocks|names)\s+(?:such as|like|including)"
    r"|\b(?:such as|including|compared with|compared to|unlike|versus|vs\.?|backed by|former|ex-)"
    r"|包括|例如|诸如|比如|相比|对比|堪比|背靠|原|(?<![目此日盘年之天以])前)\s*$"
)
_ASIDE_AFTER = re.compile(r"[ -]backed\b|加持")
#: Between the items of a list, which share the role of the first.
_LISTED = re.compile(r"\s*(?:,|、|/|&|，|,? and|和|与|及|以及)\s*")

_EPITHET_BEFORE = re.compile(
    r"(?:界的?|领域的|版的?|下一个"
    r"|\b(?:the next|a new|india's|africa's|russia's|latin america's|indonesia's|korea's))"
    r"\s*[\"“”'「『]?$"
)
_EPITHET_AFTER = re.compile(r"[\"”'」』]?\s*(?:of (?:india|africa|russia|latin america|korea)\b|概念)")


def of_mentions(mentions: Sequence[tuple[str, int, int, str]], folded: str) -> list[float]:
    """Relevance of each mention.

    Parameters
    ----------
    mentions : sequence of (issuer, start, end, kind)
        In order of the text.
    folded : str
        The folded text.

    Returns
    -------
    list of float
        Weight of the kind (:data:`newsbt.linking.aliases.KINDS`, 1 for others), times what its place, the
        number of issuers and its role leave of it. Names of several issuers are not counted among these.
    """
    issuers = {issuer for issuer, _, _, kind in mentions if kind in KINDS}
    company = COMPANY[min(max(len(issuers), 1), len(COMPANY)) - 1]
    values = []
    role, before = 1.0, 0
    for _, start, end, kind in mentions:
        place = 1.0 - POSITION * start / len(folded)
        if not (before and _LISTED.fullmatch(folded, before, start)):
            role = _role(folded, start, end)
        before = end
        values.append(round(KINDS.get(kind, 1.0) * place * company * role, 4))
    return values


def combined(mentions: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Issuers by relevance, highest first, of equals the first named.

    The strongest mention of an issuer counts; each further one adds :data:`AGAIN` of what is missing to 1.
    """
    found: dict[str, list[float]] = {}
    for issuer, value in mentions:
        found.setdefault(issuer, []).append(value)
    total = {
        issuer: round(1.0 - (1.0 - max(values)) * (1.0 - AGAIN) ** (len(values) - 1), 4)
        for issuer, values in found.items()
    }
    return dict(sorted(total.items(), key=lambda item: -item[1]))


def _role(folded: str, start: int, end: int) -> float:
    before = folded[max(0, start - 40) : start]
    if _EPITHET_BEFORE.search(before) or _EPITHET_AFTER.match(folded, end):
        return EPITHET
    return ASIDE if _ASIDE.search(before) or _ASIDE_AFTER.match(folded, end) else 1.0
