"""Where the ledger is kept: an SQLite file, or a PostgreSQL server; short transactions on either."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from newsbt.errors import OutputError, SettingsError

__all__ = ["Execute", "Store", "mask", "open_store"]

Execute = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]

#: Seconds to wait for another writer, and for a server to answer.
BUSY_SECONDS, CONNECT_SECONDS = 30.0, 5
FORMS = "write postgresql+psycopg://USER@HOST/DATABASE, sqlite:///FILE or the path of a file"


class Store(Protocol):
    """A database that runs the same statements: named parameters as ``:name``."""

    name: str
    """For messages, without a password."""
    blob: str
    """Name of its type for bytes."""
    locked: str
    """Ends a SELECT whose row is to be changed."""
    first: str
    """Statement before tables are made, so that two processes do not make them at once."""

    def begin(self) -> contextlib.AbstractContextManager[Execute]:
        """One transaction; committed at the end, rolled back after an exception."""
        ...


def open_store(place: str, folder: Path) -> Store:
    """The store that `place` means; connects only when it is used.

    Parameters
    ----------
    place : str
        URL, or path of an SQLite file.
    folder : Path
        A relative file is taken from it.

    Raises
    ------
    SettingsError
        For a URL of another kind, or one whose driver is not installed.
    """
    if "://" not in place:
        return SqliteStore(folder / Path(place).expanduser())
    scheme = place.partition("://")[0].lower()
    if scheme == "sqlite":
        rest = place.partition("://")[2]
        if not rest.startswith("/") or len(rest) < 2:
            raise SettingsError(f"the ledger {mask(place)} names no file; {FORMS}")
        return SqliteStore(folder / rest[1:])
    if scheme in ("postgresql", "postgresql+psycopg"):
        return ServerStore(place)
    raise SettingsError(f"the ledger {mask(place)} is at none of the databases that newsbt knows; {FORMS}")


def mask(text: str) -> str:
    """`text` with ``***`` for the password of any URL in it."""
    text = re.sub(r"(://[^:/@\s]*):[^\s]*@", r"\1:***@", text)
    return re.sub(r"(?i)(password\s*=\s*)('[^']*'|[^&\s]*)", r"\1***", text)


class SqliteStore:
    """An SQLite file in WAL mode; every transaction has its own connection, so threads and forks may share.

    Parameters
    ----------
    path : Path
        Its folder is made when it is first used.
    """

    blob, locked, first = "BLOB", "", ""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)

    @contextlib.contextmanager
    def begin(self) -> Iterator[Execute]:
        """See :class:`Store`; waits for other writers for up to half a minute."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise _failed(self.name, error) from error
        try:
            _write_ahead(connection)
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("BEGIN IMMEDIATE")
            yield lambda statement, values: connection.execute(statement, dict(values)).fetchall()
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _failed(self.name, error) from error
        finally:
            # Closing rolls back what was not committed.
            connection.close()


class ServerStore:
    """A PostgreSQL server, through SQLAlchemy and psycopg.

    Parameters
    ----------
    url : str
        ``postgresql+psycopg://user:password@host:port/database``.

    Raises
    ------
    SettingsError
        If it cannot be read, or the two packages are not installed.
    """

    blob, locked, first = "BYTEA", " FOR UPDATE", "SELECT pg_advisory_xact_lock(7214073)"

    def __init__(self, url: str) -> None:
        self.name = mask(url)
        try:
            import sqlalchemy
            from sqlalchemy.pool import NullPool

            parsed = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
            self.name = mask(parsed.render_as_string(hide_password=True))
            self._engine = sqlalchemy.create_engine(
                parsed, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS}
            )
            self._text = sqlalchemy.text
            self._errors = sqlalchemy.exc.SQLAlchemyError
        except ImportError as error:
            raise SettingsError(
                f"the ledger {self.name} needs the package {error.name or 'psycopg'}, which is not installed;"
                " install newsbt with its extra postgres: pip install 'newsbt[postgres]'"
            ) from error
        except (ValueError, sqlalchemy.exc.ArgumentError) as error:
            raise SettingsError(f"the ledger {self.name} cannot be read as a URL; {FORMS}") from error

    @contextlib.contextmanager
    def begin(self) -> Iterator[Execute]:
        """See :class:`Store`."""
        try:
            with self._engine.begin() as connection:

                def execute(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                    result = connection.execute(self._text(statement), dict(values))
                    return [tuple(row) for row in result] if result.returns_rows else []

                yield execute
        except self._errors as error:
            raise _failed(self.name, getattr(error, "orig", None) or error) from error


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for other connections there, so wait here."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _failed(name: str, error: BaseException) -> OutputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    line = mask(" ".join((reason or type(error).__name__).split())).rstrip(".? ")
    return OutputError(
        f"the ledger {name} cannot be used: {line[:1].lower() + line[1:]}; mend it, or name another"
        " with --ledger"
    )
