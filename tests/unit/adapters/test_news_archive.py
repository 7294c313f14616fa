"""An archive only grows: one writer, whole lines, later versions beside the first, nothing lost to a kill."""

import dataclasses
import datetime as dt
import os
import signal
import subprocess
import sys

import pytest

from newsbt.adapters.news_archive import Appended, Archive
from newsbt.adapters.news_files import read_news
from newsbt.errors import InputError, OutputError
from newsbt.news.items import NewsItem

AT = dt.datetime(2025, 2, 11, 9, 0, 7, tzinfo=dt.UTC)
SEEN = AT + dt.timedelta(minutes=3)


def item(n, **fields):
    return NewsItem(
        **{"id": f"i{n}", "published_at": AT, "precision": "second", "title": f"T{n}", "fetched_at": SEEN}
        | fields
    )


def test_what_was_seen_is_not_written_again(tmp_path):
    path = tmp_path / "seen.jsonl"
    with Archive(path) as archive:
        assert archive.append([item(1), item(2)]) == Appended(2, 0, 0)
        before = path.read_bytes()
        later = dataclasses.replace(item(1), fetched_at=SEEN + dt.timedelta(hours=1), note="x", line=9)
        assert archive.append([later, item(2)]) == Appended(0, 0, 2)
        assert path.read_bytes() == before
    with Archive(path) as archive:
        assert (len(archive), archive.repaired) == (2, False)
        assert archive.append([item(1), item(3)]) == Appended(1, 0, 1)
    assert path.read_bytes().startswith(before)
    assert [one.id for one in read_news(path)] == ["i1", "i2", "i3"]


def test_a_change_of_text_or_time_is_a_later_version(tmp_path):
    path = tmp_path / "seen.jsonl"
    changed, moved = item(1, title="T1, corrected"), item(1, published_at=AT + dt.timedelta(hours=1))
    with Archive(path) as archive:
        archive.append([item(1)])
        assert archive.append([changed]) == Appended(0, 1, 0)
    with Archive(path) as archive:
        assert archive.append([changed, moved, item(1)]) == Appended(0, 1, 2)
    first, second, third = read_news(path)
    assert (first.revises, second.revises, third.revises) == ("", "i1", "i1")
    assert len({first.id, second.id, third.id}) == 3
    assert (second.title, third.published_at) == ("T1, corrected", AT + dt.timedelta(hours=1))


def test_an_entry_without_a_time_is_not_new_at_every_poll(tmp_path):
    with Archive(tmp_path / "seen.jsonl") as archive:
        archive.append([item(1, published_at=SEEN)])
        again = SEEN + dt.timedelta(minutes=10)
        assert archive.append([item(1, published_at=again, fetched_at=again)]) == Appended(0, 0, 1)


@pytest.mark.parametrize("cut", [1, 30, 100])
def test_a_line_cut_by_a_kill_is_taken_off_and_nothing_else(tmp_path, cut):
    path = tmp_path / "seen.jsonl"
    with Archive(path) as archive:
        archive.append([item(1), item(2)])
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    first = whole[: whole.index(b"\n") + 1]
    assert [one.id for one in read_news(path)] == (["i1", "i2"] if cut == 1 else ["i1"])
    with Archive(path) as archive:
        assert archive.repaired == (cut != 1)
        assert path.read_bytes() == (whole if cut == 1 else first)
        archive.append([item(2), item(3)])
    assert [one.id for one in read_news(path)] == ["i1", "i2", "i3"]


def test_a_second_writer_is_refused_and_a_reader_is_not(tmp_path):
    path = tmp_path / "seen.jsonl"
    with Archive(path) as archive:
        archive.append([item(1)])
        with pytest.raises(InputError, match="another newsbt"), Archive(path):
            pass
        assert len(read_news(path)) == 1
    with Archive(path):
        pass


@pytest.mark.parametrize("content", [b"not news\n", b"not news", b'{"id": 1}\n', b"[1]\n"])
def test_a_file_that_is_no_archive_is_left_alone(tmp_path, content):
    path = tmp_path / "notes.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError), Archive(path):
        pass
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.jsonl"):
        Archive(tmp_path / "seen.csv")
    with pytest.raises(OutputError, match="cannot be written"), Archive(tmp_path / "no" / "seen.jsonl"):
        pass


def test_a_disk_that_is_full_leaves_whole_lines(tmp_path, monkeypatch):
    path = tmp_path / "seen.jsonl"
    write = os.write

    def half(file, content):
        if len(content) < 60:
            raise OSError(28, "No space left on device")
        return write(file, content[:50])

    with Archive(path) as archive:
        archive.append([item(1)])
        before = path.read_bytes()
        monkeypatch.setattr(os, "write", half)
        with pytest.raises(OutputError, match="no space left"):
            archive.append([item(2), item(3)])
        monkeypatch.undo()
        assert path.read_bytes() == before
        assert archive.append([item(2)]) == Appended(1, 0, 0)


WRITER = """
import datetime as dt, sys
from pathlib import Path
from newsbt.adapters.news_archive import Archive
from newsbt.news.items import NewsItem
now = dt.datetime(2025, 2, 11, tzinfo=dt.UTC)
with Archive(Path(sys.argv[1])) as archive:
    for n in range(10**6):
        archive.append([NewsItem(f"i{n}", now, "second", "word " * 50, fetched_at=now)])
        if n == 20:
            print("go", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_writer_leaves_an_archive_that_goes_on(tmp_path):
    path = tmp_path / "seen.jsonl"
    with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.kill()
    count = len(read_news(path))
    assert count > 20
    with Archive(path) as archive:
        assert len(archive) == count
        archive.append([item("-new")])
    assert [one.id for one in read_news(path)] == [*(f"i{n}" for n in range(count)), "i-new"]
