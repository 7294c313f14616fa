"""A file that is written whole or not at all, as a stream."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from newsbt.errors import OutputError

__all__ = ["whole_file"]


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a temporary file beside `path`, which takes its place when the block ends.

    Raises
    ------
    OutputError
        If it cannot be written. What stood there before stays, also if the block raises.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as handle:
            yield handle
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{path} cannot be written: {reason}; choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
