"""Address of a dask scheduler: how it is written, and whether anybody answers there."""

from __future__ import annotations

import socket
from typing import Final
from urllib.parse import urlsplit

from newsbt.errors import InputError

__all__ = ["CONNECT_S", "checked_address", "reach"]

#: Seconds that a scheduler has to answer, and to have a first worker.
CONNECT_S: Final = 5.0
#: Bytes that a scheduler says first, at most.
LONGEST_GREETING: Final = 1_000_000


def checked_address(address: str) -> str:
    """`address` with its scheme.

    Raises
    ------
    InputError
        If it is no ``tcp://HOST:PORT`` or ``tls://HOST:PORT``.
    """
    text = address.strip()
    whole = text if "://" in text else f"tcp://{text}"
    try:
        parts = urlsplit(whole)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not port:
        raise InputError(f"--cluster is {address!r}; write the scheduler's address, as tcp://127.0.0.1:8786")
    return whole


def reach(address: str) -> None:
    """Say at once that nobody listens there, or somebody else does: dask might wait for ever.

    Raises
    ------
    InputError
        If no connection can be made.
    ValueError
        If what answers is no dask.
    """
    parts = urlsplit(address)
    try:
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=CONNECT_S) as line:
            if parts.scheme == "tcp":
                _hear(line)
    except OSError as error:
        raise InputError(
            f"no scheduler can be reached at {address} ({error.strerror or error}); start one with: dask"
            " scheduler, or check the address"
        ) from error


def _hear(line: socket.socket) -> None:
    """The other side of a dask connection begins with eight bytes, a length, without being asked."""
    try:
        heard = line.recv(8)
    except TimeoutError:
        heard = b""
    if len(heard) < 8 or int.from_bytes(heard, "little") > LONGEST_GREETING:
        raise ValueError("it does not greet as dask does")
