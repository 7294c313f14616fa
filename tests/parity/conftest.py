"""Where numba keeps what it compiles must be known before a compiled module is imported."""

from __future__ import annotations

from newsbt.adapters.compilation import keep_compiled

keep_compiled()
