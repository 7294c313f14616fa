"""Where compiled kernels are kept: in the user's cache, in a folder of their very source; one compiles."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import newsbt.kernel

__all__ = ["ENGINE", "PLACEBO", "compile_once", "compiled_before", "keep_compiled"]

#: Entrances of the compiled engine, as numba names what it keeps of them.
ENGINE: Final = "sweep.sweep"
PLACEBO: Final = "moved_news.sweep_news"
#: Seconds that a process waits for another that compiles, several times what the slowest took.
PATIENCE: Final = 600.0

#: Entrances that need no look at the disk any more.
_ready: set[str] = set()


@cache
def keep_compiled() -> Path:
    """Have numba keep what it compiles; call it before any compiled module is imported.

    Numba by itself looks at one file at a time and misses a change in a function that is called from another,
    so the folder's name is made from the sources of all kernels, and from where they are: it shares nothing
    between installations. ``NUMBA_CACHE_DIR`` in the environment wins.

    Returns
    -------
    Path
        The folder: below ``XDG_CACHE_HOME`` or ``~/.cache``, or below the folder for temporary files where
        that cannot be written.
    """
    import numba

    _put_off_linear_algebra()
    if os.environ.get("NUMBA_CACHE_DIR"):
        return Path(os.environ["NUMBA_CACHE_DIR"])
    kernels = Path(newsbt.kernel.__file__).parent
    digest = hashlib.sha256(f"numba {numba.__version__} {kernels}".encode())
    for path in sorted(kernels.glob("*.py")):
        digest.update(path.read_bytes())
    name = digest.hexdigest()[:16]
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = Path(home) / "newsbt" / "compiled" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        folder = _private_folder(name)
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return folder


def _put_off_linear_algebra() -> None:
    """Have numba import scipy.linalg when a function needs it, and not at every start.

    It asks once whether that can be imported, which takes longer than to read all prices of the sample; no
    kernel calls it. Where numba is built otherwise, nothing is done.
    """
    with contextlib.suppress(ImportError, AttributeError):
        import numba.np.linalg as linear

        ask = linear.ensure_blas
        linear.ensure_blas = lambda: None
        try:
            import numba.np.arraymath  # noqa: F401 - asks as it is imported
        finally:
            linear.ensure_blas = ask


def _private_folder(name: str) -> Path:
    """A folder for temporary files that nobody else can write: what lies in it is loaded as code."""
    own = getattr(os, "getuid", lambda: 0)()
    parent = Path(tempfile.gettempdir()) / f"newsbt-{own}"
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = parent.lstat()
    shared = stat.S_ISLNK(found.st_mode) or (os.name == "posix" and bool(found.st_mode & 0o022))
    if shared or (os.name == "posix" and found.st_uid != own):
        parent = Path(tempfile.mkdtemp(prefix="newsbt-"))
    folder = parent / name
    folder.mkdir(exist_ok=True)
    return folder


def compiled_before(entrance: str = ENGINE) -> bool:
    """Whether the engine was compiled on this machine; the first time takes half a minute or more."""
    return os.environ.get("NUMBA_DISABLE_JIT") == "1" or any(keep_compiled().rglob(f"{entrance}-*.nbc"))


def compile_once(entrance: str, call: Callable[[], object]) -> None:
    """Have one process at a time compile; the others wait for what it keeps.

    Numba lets every process compile that finds nothing kept, and two that keep variants of one function at
    the same time may each find the other's machine code. The system takes the lock from whoever ends, however
    that happens, so none is left behind. Where there is none to be had (no way to write, no locks on this
    file system or system, :data:`PATIENCE` over) this process compiles without.

    Parameters
    ----------
    entrance : str
        :data:`ENGINE` or :data:`PLACEBO`.
    call : callable
        Calls it, the smallest way; made at most once in a process, and not if the entrance is kept already.
    """
    if entrance in _ready:
        return
    if not compiled_before(entrance):
        with contextlib.ExitStack() as held:
            with contextlib.suppress(OSError, ImportError):
                held.enter_context(_alone(entrance))
            if not compiled_before(entrance):
                call()
    _ready.add(entrance)


@contextlib.contextmanager
def _alone(entrance: str) -> Iterator[None]:
    """Hold the lock of the folder, or wait until whoever holds it has kept the entrance."""
    import fcntl

    folder = keep_compiled()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "compiling.lock").open("ab") as lock:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if compiled_before(entrance):
                    break
                time.sleep(0.1)
        try:
            yield
        finally:
            # A process forked meanwhile has the file open, too: closing it here would not end the lock.
            fcntl.flock(lock, fcntl.LOCK_UN)
