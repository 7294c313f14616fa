"""The table of aliases, ``data/aliases.toml``: checked key by key and made into records (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.linking.folding import fold
from newsbt.schedule import known_keys

__all__ = ["KINDS", "Alias", "AliasTable", "Context", "parse_aliases", "ticker_forms"]

#: Kind of an alias, and how much a mention by it counts at most.
KINDS: Final[Mapping[str, float]] = {"names": 1.0, "tickers": 0.9, "units": 0.8, "people": 0.7}
CONTEXT_KEYS: Final = (
    "issuer",
    "aliases",
    "case",
    "require",
    "forbid",
    "not_before",
    "not_after",
    "window",
)
SEVERAL_KEYS: Final = (
    "names",
    "issuers",
    "relevance",
    "case",
    "require",
    "forbid",
    "not_before",
    "not_after",
    "window",
)
#: What a mention of several issuers at once counts at most for each, where the table does not say.
SEVERAL: Final = 0.4
YEARS: Final = (1500, 2100)
_HONG_KONG = re.compile(r"0*(\d{1,5})\.HK")


@dataclass(frozen=True, slots=True)
class Context:
    """When an alias counts; all words folded.

    Parameters
    ----------
    case : bool
        Only as written in the table.
    require, forbid : tuple of str
        Words of which one must, none may, stand within `window` characters.
    not_before, not_after : tuple of str
        Words that may not stand right before, right after.
    window : int
        Characters on each side; 0 for as many as a text of news has, 2,000.
    """

    case: bool = False
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    window: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write an issuer.

    Parameters
    ----------
    issuer : str
        As in ``universe.toml``; empty for a phrase that means nobody.
    text : str
        As in the table.
    kind : str
        Of :data:`KINDS`, ``"several"`` or ``"ignore"``.
    context : Context
    members : tuple of str
        For a name that stands for several issuers: those, and `issuer` is the name itself.
    weight : float
        What a mention counts at most, for such a name.
    """

    issuer: str
    text: str
    kind: str
    context: Context = Context()
    members: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AliasTable:
    """What a linker is built from.

    Parameters
    ----------
    aliases : tuple of Alias
        In the order of the file.
    issuers : tuple of str
        Who has a table.
    where : str
        File, for messages.
    """

    aliases: tuple[Alias, ...]
    issuers: tuple[str, ...]
    where: str


def parse_aliases(table: Mapping[str, Any], where: str, issuers: Collection[str] | None = None) -> AliasTable:
    """Check and read the parsed TOML `table`.

    Parameters
    ----------
    table : mapping
        Tables ``issuer.NAME`` (lists ``names``, ``units``, ``people``, ``tickers``), ``ignore`` (``phrases``)
        and arrays ``context`` and ``several``.
    where : str
        Path for error messages.
    issuers : collection of str, optional
        Names that ``issuer.NAME`` may have, those of ``universe.toml``; any without it.

    Raises
    ------
    SettingsError
        For a value of the wrong type, an empty alias, one alias of two issuers, a context for an alias that
        its issuer does not have or that has one already.
    UnknownNameError
        For a misspelt key or an issuer that is not in `issuers`.
    """
    known_keys(table, ("issuer", "ignore", "context", "several"), where)
    rows = _table(table.get("issuer", {}), f"{where}: [issuer]")
    if not rows:
        raise SettingsError(f"{where}: no [issuer.NAME] table; add one for each issuer to be found")
    if issuers is not None:
        for name in rows:
            if name not in issuers:
                raise UnknownNameError("issuer", name, issuers, f"universe.toml, which {where} names")
    contexts = _contexts(table.get("context", ()), rows, where)
    found: dict[str, Alias] = {}
    for issuer, row in rows.items():
        place = f"{where}: [issuer.{issuer}]"
        known_keys(_table(row, place), tuple(KINDS), place)
        for kind in KINDS:
            for text in _texts(row, kind, place):
                alias = Alias(issuer, text, kind, contexts.get((issuer, fold(text)), Context()))
                other = found.setdefault(fold(text), alias)
                if other.issuer != issuer:
                    raise SettingsError(
                        f"{place}: {kind} has {text!r}, which is an alias of {other.issuer} already;"
                        " keep one of them"
                    )
    _check_used(contexts, found, where)
    _add_several(table.get("several", ()), found, rows, where)
    place = f"{where}: [ignore]"
    ignore = _table(table.get("ignore", {}), place)
    known_keys(ignore, ("phrases",), place)
    for text in _texts(ignore, "phrases", place):
        taken = found.setdefault(fold(text), Alias("", text, "ignore"))
        if taken.issuer:
            raise SettingsError(f"{place}: {text!r} is an alias of {taken.issuer}; drop one of the two")
    return AliasTable(tuple(found.values()), tuple(rows), where)


def ticker_forms(symbol: str) -> tuple[str, ...]:
    """How news writes the listing `symbol`: ``9988.HK`` also as ``09988``, ``(9988)``, ``HK:9988``."""
    match = _HONG_KONG.fullmatch(symbol)
    if match is None:
        return (symbol,)
    code = match[1]
    long, short = code.zfill(5), code.zfill(4)
    forms = [f"{number}{end}" for number in (long, short, code) for end in (".HK", " HK", "-HK")]
    forms += [
        f"{start}:{number}" for number in (long, short, code) for start in ("HK", "HKG", "HKEX", "SEHK")
    ]
    if len(code) < 5:
        forms.append(long)
    # Four digits in brackets may be a year.
    if not YEARS[0] <= int(code) <= YEARS[1]:
        forms += [f"({number})" for number in (short, code)]
    return tuple(dict.fromkeys(forms))


def _contexts(rows: object, issuers: Mapping[str, Any], where: str) -> dict[tuple[str, str], Context]:
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise SettingsError(f"{where}: context is no array of tables; write [[context]]")
    found: dict[tuple[str, str], Context] = {}
    for at, row in enumerate(rows, 1):
        place = f"{where}: [[context]] number {at}"
        known_keys(_table(row, place), CONTEXT_KEYS, place)
        issuer, names = row.get("issuer"), _texts(row, "aliases", place)
        if issuer not in issuers:
            raise UnknownNameError("issuer", str(issuer), issuers, place)
        if not names:
            raise SettingsError(f'{place} has no aliases; write aliases = ["..."]')
        context = _context(row, place)
        for name in names:
            key = (issuer, fold(name))
            if key in found:
                raise SettingsError(f"{place}: {name!r} has a context already; merge the two")
            found[key] = context
    return found


def _add_several(rows: object, found: dict[str, Alias], issuers: Mapping[str, Any], where: str) -> None:
    """Add the names that stand for several issuers."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise SettingsError(f"{where}: several is no array of tables; write [[several]]")
    for at, row in enumerate(rows, 1):
        place = f"{where}: [[several]] number {at}"
        known_keys(_table(row, place), SEVERAL_KEYS, place)
        names, members = _texts(row, "names", place), _texts(row, "issuers", place)
        if not names or len(members) < 2:
            raise SettingsError(f"{place} needs names and two issuers or more, both lists of texts")
        for member in members:
            if member not in issuers:
                raise UnknownNameError("issuer", member, issuers, place)
        weight = row.get("relevance", SEVERAL)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0.0 < weight <= 1.0:
            raise SettingsError(f"{place} has relevance = {weight!r}; write a number above 0, at most 1")
        said = any(key in row for key in CONTEXT_KEYS[2:])
        context = _context(row, place) if said else Context()
        for text in names:
            alias = Alias(text, text, "several", context, tuple(dict.fromkeys(members)), float(weight))
            if found.setdefault(fold(text), alias) is not alias:
                raise SettingsError(f"{place}: {text!r} is an alias already; keep one of them")


def _context(row: Mapping[str, Any], place: str) -> Context:
    case, window = row.get("case", False), row.get("window", 0)
    if not isinstance(case, bool):
        raise SettingsError(f"{place} has case = {case!r}; write true or false, without quotes")
    if not isinstance(window, int) or isinstance(window, bool) or not 0 <= window <= 10_000:
        raise SettingsError(
            f"{place} has window = {window!r}; write a whole number of characters up to 10000"
        )
    near = {key: tuple(fold(text) for text in _texts(row, key, place)) for key in CONTEXT_KEYS[3:7]}
    if not case and not any(near.values()):
        raise SettingsError(f"{place} says nothing about when its aliases count; add require or forbid")
    return Context(case=case, window=window, **near)


def _check_used(contexts: Mapping[tuple[str, str], Context], found: Mapping[str, Alias], where: str) -> None:
    for issuer, text in contexts:
        if text not in found or found[text].issuer != issuer:
            choices = [alias.text for alias in found.values() if alias.issuer == issuer]
            raise UnknownNameError("alias", text, choices, f"{where}: [issuer.{issuer}]")


def _table(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{place} is {value!r}; it must be a table")
    return value


def _texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise SettingsError(f'{place}: {key} must be a list of texts such as ["one", "two"]')
    for text in value:
        if not text.strip():
            raise SettingsError(f"{place}: {key} holds an empty text; drop it")
    return tuple(text.strip() for text in value)
