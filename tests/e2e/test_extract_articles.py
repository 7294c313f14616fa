"""``newsbt catalysts extract`` as a user meets it: an article to drafts, drafts to a catalogue."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ARTICLE = (
    "Tencent rises on results\n\n"
    "Shares of Tencent Holdings rose on Thursday after it posted higher profit on Wednesday.\n"
    "Baidu was fined 2 million yuan on Tuesday, and launched a chatbot app a week later.\n"
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def test_an_article_without_its_day_is_refused(refused, article, workspace):
    said = refused("catalysts", "extract", article, cwd=workspace)
    assert said.startswith(f"{article} does not say when it was published")
    assert said.endswith("give the day with --published 2025-02-13")


def test_review_needs_a_catalogue_to_append_to(refused, article, workspace):
    said = refused("catalysts", "extract", article, "--published", "2025-05-15", "--review", cwd=workspace)
    assert "--into mine.csv" in said


def test_from_article_to_catalogue(newsbt, article, workspace, tmp_path):
    given = ("catalysts", "extract", article, "--published", "2025-05-15")
    shown = json.loads(newsbt(*given, "--json", cwd=workspace).stdout)
    found = {(row["symbols"][0], row["date_first"], row["direction"]) for row in shown["drafts"]}
    assert {("Tencent", "2025-05-14", 1), ("Baidu", "2025-05-13", -1)} <= found
    for row in shown["drafts"]:
        assert all(ARTICLE[start:end] == text for start, end, text in row["evidence"])
    out, mine = tmp_path / "d.jsonl", tmp_path / "mine.csv"
    done = subprocess.run(
        [sys.executable, "-m", "newsbt", *map(str, given), "-o", out, "--review", "--into", mine],
        input="a\nq\n",
        capture_output=True,
        text=True,
        cwd=workspace,
        timeout=60,
        check=True,
    )
    assert "1 appended" in done.stdout
    assert newsbt("catalysts", "check", mine, cwd=workspace).returncode == 0
    refused = newsbt("catalysts", "check", out, cwd=workspace)
    assert refused.returncode == 2
    assert "holds drafts of articles" in refused.stderr


def test_a_language_model_passes_through_the_same_checks(newsbt, article, workspace):
    true = {
        "quote": "Baidu was fined 2 million yuan on Tuesday",
        "date_words": "on Tuesday",
        "date": "2025-05-13",
        "issuers": ["Baidu"],
        "category": "regulation",
        "direction": -1,
        "headline": "Baidu fined",
    }
    invented = true | {"quote": "Baidu was sold on Tuesday", "headline": "Baidu sold"}
    misdated = true | {"date": "2025-05-12", "headline": "Baidu fined on Monday"}
    answer = json.dumps(
        {"choices": [{"message": {"content": json.dumps({"events": [true, invented, misdated]})}}]}
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        done = newsbt(
            *("catalysts", "extract", article, "--published", "2025-05-15", "--backend", "llm", "--json"),
            cwd=workspace,
            env={"NEWSBT_LLM_URL": f"http://127.0.0.1:{server.server_port}/v1", "NEWSBT_LLM_MODEL": "m"},
        )
        server.shutdown()
        thread.join()
    shown = json.loads(done.stdout)
    assert [row["headline"] for row in shown["drafts"]] == ["Baidu fined"]
    first, second = shown["articles"][0]["refused"]
    assert "Baidu sold: the article does not say" in first
    assert "not for 2025-05-12" in second
