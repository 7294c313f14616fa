"""``newsbt catalysts import`` and ``fetch`` as a user calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from feed_server import FeedServer
from news_tools import FOLDER
from newsbt.adapters.news_files import read_news


def test_import_shows_files_reasons_and_warnings(newsbt, tmp_path):
    out = tmp_path / "week.jsonl"
    done = newsbt("catalysts", "import", FOLDER / "rss2.xml", FOLDER / "gdelt.csv", "-o", out, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "7 items, 2019-01-19 08:47 to 2026-04-17 00:00 UTC" in text
    assert "rss2.xml rss2 8 5 0 3" in text
    assert "3 entries refused: 1 no-offset, 1 no-time, 1 bad-time; all with --rejects FILE" in text
    assert "rss2.xml:6: pubDate is 'Thu, 27 Feb 2025 17:03:00', without its UTC offset" in text
    assert "warning: 2 items stamped when the feed saw them" in text
    assert len(read_news(out)) == 7


def test_import_as_json_with_a_column_map(newsbt, refused, tmp_path):
    out = tmp_path / "table.csv"
    mapped = ("--map", "published_at=when,title=say.title", "--map", "tickers=tags")
    done = newsbt("catalysts", "import", FOLDER / "table.jsonl", *mapped, "-o", out, "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert (report["items"], report["rejected"], report["first"]) == (2, 3, "2023-11-14T22:13:20Z")
    assert report["files"][0]["columns"] == {"published_at": "when", "title": "say.title", "tickers": "tags"}
    naive = refused(
        "catalysts", "import", FOLDER / "table.csv", "-o", out, "--map", "published_at", cwd=tmp_path
    )
    assert "OURS=THEIRS" in naive


def test_fetch_once_and_until_it_is_stopped(newsbt, refused, tmp_path):
    archive = tmp_path / "seen.jsonl"
    with FeedServer() as server:
        feed = server.serve("/rss", (FOLDER / "rss2.xml").read_bytes())
        done = newsbt(
            "catalysts", "fetch", "--feed", feed, "--feed", server.url + "/none", "--archive", archive
        )
        assert done.returncode == 0
        assert "6 new, 0 revised, 0 known" in done.stdout
        assert "warning: " in done.stderr
        assert "404" in done.stderr
        if os.name == "posix":
            command = ["catalysts", "fetch", "--feed", feed, "--archive", archive, "--every", "10s"]
            with subprocess.Popen(
                [sys.executable, "-m", "newsbt", *command],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as process:
                assert "0 new, 0 revised, 6 known" in process.stdout.readline()
                process.send_signal(signal.SIGINT)
                assert process.wait(20) == 130
                assert "stopped; " in process.stderr.read()
    often = refused("catalysts", "fetch", "--feed", feed, "--archive", archive, "--every", "1s")
    assert "at least 10s" in often
    message = refused("catalysts", "fetch", "--feed", feed, "--archive", archive, status=3)
    assert "cannot be had" in message
    assert len(read_news(archive)) == 6
