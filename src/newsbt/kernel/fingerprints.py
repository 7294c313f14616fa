"""Which files the compiled rules were made for: hashes of the code of ``strategies/*.py`` (pure).

A file that has another hash runs in Backtrader. Whoever changes a strategy that ships changes its compiled
rule with it, sees that the parity tests pass, and then writes the new hash here; a test says which.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FINGERPRINTS"]

FINGERPRINTS: Final[dict[str, str]] = {
    "drift": "5f81fb2ce907af6b",
    "fade": "815cf7d889e318d6",
    "decay": "6d874b086ec9bb2a",
    "hold": "cd1d8450ca1af218",
    "random": "678c28f49da3d840",
    "runup": "a68006dbeb273bac",
    "lead_lag": "3368746a9b53f090",
    "pair": "16ad19546c37c082",
    "parity": "c83f1234b444d1f6",
    "cash": "e92c64f0635d5e3d",
}
