"""Entries of JSON documents, one after the other, in bounded memory and at bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, Final

from newsbt.adapters.news_text import LARGEST_ENTRY, LISTS, EntryTooLargeError, Meter, text_stream
from newsbt.news.outcome import Broken

__all__ = ["entry_path", "json_entries"]

#: Levels of lists and objects, beyond any feed's and short of any machine's.
DEEPEST: Final = 64
#: Values in one entry.
MOST_VALUES: Final = 200_000
#: A list, in a path.
EACH: Final = "*"

Path = tuple[str, ...]


class _TooDeepError(Exception):
    """More levels than any feed has."""


def json_entries(
    handle: IO[bytes], encoding: str, path: Path
) -> Iterator[tuple[int, dict[str, Any] | Broken]]:
    """Objects at `path` with their positions from 1; what follows a break is lost, and the break listed.

    Parameters
    ----------
    handle : binary file
        The document.
    encoding : str
        Of the document.
    path : tuple of str
        Keys from the top, :data:`EACH` for a list; empty for an object at the top.
    """
    import ijson

    stream = text_stream(handle, encoding)
    count = 0
    try:
        try:
            for value in _counted(Meter(stream), path):
                count += 1
                yield count, value
        except ijson.JSONError as error:
            odd = "integer overflow" in str(error) or "invalid char" in str(error)
            if not odd or not handle.seekable():
                raise
            # The C library has no whole numbers beyond 64 bits; Python's own parser is slow and has. Neither
            # has NaN, which Python writes.
            stream.seek(0)
            for at, value in enumerate(_counted(_WithoutNaN(stream), path, slow=True), 1):
                if at > count:
                    count = at
                    yield count, value
    except EntryTooLargeError:
        yield (
            count + 1,
            Broken("too-large", f"the entry is larger than {LARGEST_ENTRY // 2**20} MiB; {_LOST}"),
        )
    except _TooDeepError:
        yield (
            count + 1,
            Broken("broken", f"the entry has more than {DEEPEST} levels or too many values; {_LOST}"),
        )
    except (ijson.JSONError, ValueError, OverflowError) as error:
        reason = (str(error).splitlines() or ["damaged"])[0][:100]
        yield count + 1, Broken("broken", f"the JSON breaks off here: {reason}; {_LOST}")
    finally:
        stream.close()


#: What JSON does not have and Python writes. Texts are found, too, to be passed over, and one cut off.
_NAN: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|(\\?\Z))|NaN|-?Infinity', re.DOTALL)
#: Characters kept back, as many as the longest such word has.
_KEPT: Final = 9


class _WithoutNaN(Meter):
    """Text in pieces, with null for NaN; the end of a piece is kept back, which may go on in the next."""

    _kept = ""

    def text(self) -> str:
        """The next piece; empty at the end."""
        while True:
            piece = super().text()
            whole = self._kept + piece
            parts, last = [], 0
            for match in _NAN.finditer(whole):
                if piece and match[1] is not None:
                    break
                parts += [whole[last : match.start()], match[0] if match[0][0] == '"' else "null"]
                last = match.end()
            rest = whole[last:]
            open_ = rest.find('"') if '"' in rest else max(0, len(rest) - _KEPT)
            parts.append(rest[:open_] if piece else rest)
            self._kept = rest[open_:] if piece else ""
            text = "".join(parts)
            if text or not piece:
                return text


def _counted(meter: Meter, path: Path, slow: bool = False) -> Iterator[dict[str, Any] | Broken]:
    for _, value in _values(meter, path, slow):
        meter.entry_done()
        yield value if isinstance(value, dict) else Broken("broken", "the entry is no object")


_LOST: Final = "what follows is not read"


def entry_path(head: bytes, encoding: str) -> Path:
    """Where the entries of a document that begins with `head` are: a list of objects, known names first.

    A list that may be empty counts where it has such a name, or is the whole document. Without one, the
    document itself is the entry, and the path is empty.
    """
    import ijson

    found: list[Path] = []
    try:
        for path, _ in _values(Meter(text_stream(io.BytesIO(head), encoding)), None):
            if path not in found:
                found.append(path)
                if len(path) < 2 or path[-2] in LISTS:
                    return path
    except (ijson.JSONError, ValueError, OverflowError, _TooDeepError, EntryTooLargeError):
        pass
    return found[0] if found else ()


def _values(meter: Meter, wanted: Path | None, slow: bool = False) -> Iterator[tuple[Path, Any]]:
    """Whole values at `wanted`; where that is None, the path of every object in a list as it begins."""
    import ijson

    parse = ijson.get_backend("python").basic_parse if slow else ijson.basic_parse

    path: list[str] = []  # keys and EACH of the open containers; a map's key is set before its value
    kinds: list[bool] = []  # True for a list
    built: list[Any] = []  # open containers of the entry being built
    keys: list[str] = []
    values = 0
    # With numbers of Python's own making, a number of thousands of digits takes the C library down.
    for event, value in parse(meter, use_float=True, multiple_values=True):
        if event == "map_key":
            if built:
                keys[-1] = value
            else:
                path[-1] = value
            continue
        start = event in ("start_map", "start_array")
        if start and len(kinds) + len(built) >= DEEPEST:
            raise _TooDeepError
        if built:
            values += 1
            if values > MOST_VALUES:
                raise _TooDeepError
            if start:
                fresh: Any = {} if event == "start_map" else []
                _put(built, keys, fresh)
                built.append(fresh)
                keys.append("")
            elif event in ("end_map", "end_array"):
                done = built.pop()
                keys.pop()
                if not built:
                    values = 0
                    yield tuple(path), done
            else:
                _put(built, keys, value)
        elif event in ("end_map", "end_array"):
            kinds.pop()
            path.pop()
        elif wanted is None:
            if event == "start_map" and kinds and kinds[-1]:
                yield tuple(path), None
            elif event == "start_array" and (not path or path[-1] in LISTS):
                yield (*path, EACH), None
            if start:
                kinds.append(event == "start_array")
                path.append(EACH if event == "start_array" else "")
        elif tuple(path) == wanted:
            if event == "start_map":
                built, keys = [{}], [""]
            elif start:
                built, keys = [[]], [""]
            else:
                yield tuple(path), value
        elif start:
            kinds.append(event == "start_array")
            path.append(EACH if event == "start_array" else "")


def _put(built: list[Any], keys: list[str], value: Any) -> None:
    if isinstance(built[-1], list):
        built[-1].append(value)
    else:
        built[-1][keys[-1]] = value
