"""Where numba keeps what it compiles must be known before a compiled module is imported."""

from __future__ import annotations

from typing import Any

import pytest

from newsbt.adapters.compilation import keep_compiled

keep_compiled()


@pytest.fixture(scope="session", autouse=True)
def compiled(engine: Any) -> None:
    """Nothing here compiles by itself."""
