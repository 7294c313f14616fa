"""Which files the compiled rules were made for: hashes of the code of ``strategies/*.py`` (pure).

A file that has another hash runs in Backtrader. Whoever changes a strategy that ships changes its compiled
rule with it, sees that the parity tests pass, and then writes the new hash here; a test says which.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FINGERPRINTS"]

FINGERPRINTS: Final[dict[str, str]] = {
    "drift": "67fe288d11136829",
    "fade": "c4a36410a7f7e94c",
    "decay": "d7f6d7af865647d9",
    "hold": "3f97e76efc59d0e2",
    "random": "bab5c4e304c21114",
    "runup": "859a6b97e596853f",
    "lead_lag": "8d49f2755460ad57",
    "pair": "3f3b33dc45102589",
    "parity": "fd2e7ddc0fafa277",
    "cash": "634f7babd29a7e49",
}
