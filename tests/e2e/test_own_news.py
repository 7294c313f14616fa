"""From two made-up feeds to trades, a command line each: imported, linked, each story once, traded."""

import csv
import json

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Example Wire</title>
<item><title>Tencent raises its dividend after a strong quarter</title><guid>1</guid>
  <pubDate>Mon, 10 Mar 2025 23:10:00 GMT</pubDate></item>
<item><title>Please &lt;b&gt;baidu it&lt;/b&gt; yourself, says a teacher</title><guid>2</guid>
  <pubDate>Tue, 11 Mar 2025 01:00:00 GMT</pubDate></item>
</channel></rss>
"""
TABLE = """published_utc,title,source
2025-03-10T23:12:00Z,Tencent raises its dividend after a strong quarter - report,Example Desk
2025-03-11T02:00:00Z,騰訊季度業績強勁，上調股息,範例日報
2025-03-12T04:00:00Z,A museum opens,Example Post
"""


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_four_lines_from_feeds_to_trades(newsbt, workspace, tmp_path):
    (tmp_path / "wire.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "desk.csv").write_text(TABLE, encoding="utf-8")

    def call(*args):
        done = newsbt(*args, "--workspace", workspace, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    done = newsbt("catalysts", "import", "wire.xml", "desk.csv", "-o", "week.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    linked = json.loads(call("catalysts", "link", "week.jsonl", "-o", "linked.csv", "--json"))
    assert linked["items"] == 5
    assert linked["left_out"] == {"no-issuer": 2}
    assert set(linked["issuers"]) == {"Tencent"}
    told = json.loads(call("catalysts", "chain", "linked.csv", "-o", "stories.csv", "--json"))
    assert (told["rows"], len(told["repeated"]), told["written"]) == (3, 1, 2)
    first, second = rows(tmp_path / "stories.csv")
    assert first["source"].startswith("Example Wire")  # seen two minutes before the desk
    assert first["chain"] == second["chain"] == first["id"]  # the Chinese story is the same matter
    period = ("--start", "2025-03-03", "--end", "2025-03-28", "--no-figures", "--symbols", "0700.HK")
    call("run", "drift", "--catalysts", "stories.csv", "--signal", "headline", *period, "--name", "news",
         "--out", tmp_path / "results")  # fmt: skip
    audit = {row["catalyst_id"]: row for row in rows(tmp_path / "results" / "news" / "signals.csv")}
    assert audit[first["id"]]["status"] == "traded"
    # Published at 07:10 in Hong Kong: the first price is the open of that day.
    assert audit[first["id"]]["tradable_at"] == "2025-03-11T01:30:00Z"
    assert (audit[first["id"]]["novelty"], audit[second["id"]]["novelty"]) == ("1.0", "0.5")
