"""Names of banks, brokers and fund houses whose word on a stock is news (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Broker", "find_brokers"]

#: The name drafts carry, and how articles write it beside that.
_NAMES: dict[str, tuple[str, ...]] = {
    "Morgan Stanley": ("摩根士丹利", "大摩"),
    "Goldman Sachs": ("Goldman", "高盛"),
    "JPMorgan": ("JPMorgan Chase", "JP Morgan", "J.P. Morgan", "摩根大通", "小摩"),
    "Citi": ("Citigroup", "Citibank", "花旗"),
    "Bank of America": ("BofA", "BofA Securities", "美银", "美銀"),
    "UBS": ("瑞银", "瑞銀"),
    "HSBC": ("汇丰", "匯豐", "滙豐"),
    "Barclays": ("巴克莱", "巴克萊"),
    "Jefferies": ("富瑞",),
    "Nomura": ("野村",),
    "Daiwa": ("大和",),
    "Macquarie": ("麦格理", "麥格理"),
    "Mizuho": ("瑞穗",),
    "Morningstar": ("晨星",),
    "Wedbush": ("Wedbush Securities",),
    "Bernstein": ("伯恩斯坦",),
    "Benchmark": (),
    "CLSA": ("里昂",),
    "CICC": ("China International Capital Corp", "中金"),
    "CITIC Securities": ("中信证券", "中信證券"),
    "CMB International": ("CMBI", "招银国际", "招銀國際"),
    "Deutsche Bank": ("Deutsche", "德银", "德銀"),
    "Credit Suisse": ("瑞信",),
    "Susquehanna": (),
    "Truist": ("Truist Securities",),
    "Baird": (),
    "Needham": (),
    "Raymond James": (),
    "Evercore": ("Evercore ISI",),
    "Oppenheimer": (),
    "KeyBanc": (),
    "Loop Capital": (),
    "Arete": (),
    "DBS": ("星展",),
    "OCBC": (),
    "BOCOM International": ("Bocom", "交银国际", "交銀國際"),
    "Huatai": ("Huatai Securities", "华泰证券", "華泰證券"),
    "Haitong": ("Haitong International",),
    "Guotai Junan": ("国泰君安",),
    "Wells Fargo": (),
    "Stifel": (),
    "Piper Sandler": (),
    "TD Cowen": ("Cowen",),
    "Third Bridge": (),
    "Bloomberg Intelligence": (),
    "Citron": ("Citron Research",),
    "86Research": (),
    "Blue Lotus": (),
    "Lombard Odier": (),
    "Pictet": (),
    "Societe Generale": ("Société Générale", "SocGen"),
    "BNP Paribas": (),
    "Standard Chartered": ("渣打",),
    "New Street Research": (),
    "KGI": ("KGI Securities",),
    "Phillip Securities": (),
    "Union Bancaire Privée": ("Union Bancaire Privee", "UBP"),
    "Fitch": ("Fitch Ratings", "惠誉"),
    "Moody's": ("Moody’s", "穆迪"),
    "S&P Global": ("S&P Global Ratings",),
    "Gavekal": ("Gavekal Dragonomics",),
    "Capital Economics": (),
    "Natixis": (),
    "Zacks": (),
    "Rosenblatt": (),
    "Argus": ("Argus Research",),
    "Tiger Securities": (),
    "Saxo": ("Saxo Markets",),
    "Pepperstone": (),
}
_CANONICAL = {name: key for key, others in _NAMES.items() for name in (key, *others)}
_PATTERN = re.compile(
    "|".join(
        rf"(?<![\w-]){re.escape(name)}(?![\w])" if name.isascii() or name[0].isascii() else re.escape(name)
        for name in sorted(_CANONICAL, key=len, reverse=True)
    )
    # Houses that no table has.
    + r"|(?<![\w-])(?!China |US |The |Hong )[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Securities|Capital Markets)"
    r"(?! Regulatory| and | Journal| Times|\w)"
)
#: The same word is an index, or the owner of a news service.
_NO_BROKER = re.compile(r"['’]s? (?:Index|index)|\s(?:Index|index|Futures|futures|benchmark)\b")
_COMMON = {"Benchmark", "Argus", "Baird", "Cowen", "Deutsche", "Tiger Securities"}
_IN_LIST = re.compile(r"(?: Group| Inc\.?| Co\.?| & Co\.?)?\s*(?:,|、|和|及|and|,\s*and|&)\s*(?:at )?")


_MORE = re.compile(
    r"(?:[A-Z][\w.&’'-]*|[Gg]roup|and|at|of|as|well|&|Co\.|Inc\.|Ltd\.|Cos\.|,|\s|、|和|及|[(][A-Z:]+[)])*"
)


def _one_breath(text: str, start: int, end: int) -> bool:
    """Whether nothing but names and commas stands between two houses."""
    return _IN_LIST.fullmatch(text, start, end) is not None or (
        end - start < 160 and _MORE.fullmatch(text, start, end) is not None
    )


@dataclass(frozen=True, slots=True)
class Broker:
    """A house, or several named in one breath, and where."""

    key: str
    start: int
    end: int


def find_brokers(text: str, start: int = 0, end: int | None = None) -> list[Broker]:
    """Houses that ``text[start:end]`` names, in order; those of a list as one, joined by ``+``."""
    stop = len(text) if end is None else end
    found: list[Broker] = []
    for match in _PATTERN.finditer(text, start, stop):
        if _NO_BROKER.match(text, match.end(), stop):
            continue
        if match.group() in _COMMON and text[max(0, match.start() - 2) : match.start()] in ("", ". "):
            following = text[match.end() : match.end() + 12]
            if not re.match(r"['’]s\b| (?:analyst|Bank|said|raised|cut)", following):
                continue
        key = _CANONICAL.get(match.group(), match.group())
        if found and _one_breath(text, found[-1].end, match.start()):
            before = found.pop()
            key = before.key if key in before.key.split("+") else f"{before.key}+{key}"
            found.append(Broker(key, before.start, match.end()))
        else:
            found.append(Broker(key, match.start(), match.end()))
    return found
