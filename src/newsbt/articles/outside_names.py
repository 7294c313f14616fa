"""How articles write the names of firms that news mentions and nothing here trades."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["OUTSIDE_NAMES", "OutsideNames"]

#: Symbol as in ``[outside]`` of ``universe.toml``, and the names articles use for it; exchanges' own names.
OUTSIDE_NAMES: dict[str, tuple[str, ...]] = {
    "AAPL": ("Apple", "Apple Inc", "苹果", "蘋果"),
    "AMZN": ("Amazon", "Amazon.com", "亚马逊", "亞馬遜"),
    "MSFT": ("Microsoft", "微软", "微軟"),
    "NVDA": ("Nvidia", "NVIDIA", "英伟达", "輝達"),
    "ORCL": ("Oracle", "甲骨文"),
    "TSM": ("TSMC", "Taiwan Semiconductor Manufacturing", "台积电", "台積電"),
    "1211.HK": ("BYD", "比亚迪", "比亞迪"),
    "7201.T": ("Nissan", "日产", "日產"),
    "9984.T": ("SoftBank", "Softbank", "软银", "軟銀"),
    "2317.TW": ("Hon Hai", "Foxconn", "鸿海", "鴻海", "富士康"),
    "HSTECH": ("Hang Seng Tech Index", "Hang Seng TECH Index", "恒生科技指数", "恒生科技指數"),
}


@dataclass(frozen=True, slots=True)
class OutsideNames:
    """Finds outside symbols in texts.

    Parameters
    ----------
    pattern : re.Pattern
    symbols : mapping of name to symbol
    """

    pattern: re.Pattern[str]
    symbols: dict[str, str]

    @classmethod
    def of(cls, known: Iterable[str]) -> OutsideNames:
        """Those of `known` symbols; a symbol without names here is found as it is written."""
        symbols = {name: symbol for symbol in known for name in (*OUTSIDE_NAMES.get(symbol, ()), symbol)}
        words = sorted(symbols, key=len, reverse=True)
        parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words]
        return cls(re.compile("|".join(parts) or r"(?!)"), symbols)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Symbol, start and end of each name, in order."""
        return [(self.symbols[m.group()], m.start(), m.end()) for m in self.pattern.finditer(text)]
