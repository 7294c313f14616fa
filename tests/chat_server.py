"""A server on the loopback that answers as language models do, for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Status, headers and body of one answer.
Reply = tuple[int, dict[str, str], bytes]


def completion(content: object) -> Reply:
    """An answer in the form of chat completions."""
    return 200, {}, json.dumps({"choices": [{"message": {"content": content}}]}).encode()


class ChatServer:
    """Address of the server, and the requests it was sent."""

    def __init__(self, reply: Callable[[dict[str, Any]], Reply]) -> None:
        self.reply = reply
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def questions(self) -> list[dict[str, Any]]:
        """What the user's messages held, as JSON."""
        return [json.loads(request["messages"][1]["content"]) for request in self.requests]


@contextmanager
def chat_server(reply: Callable[[dict[str, Any]], Reply]) -> Iterator[ChatServer]:
    """A server that answers each request by `reply`."""
    server = ChatServer(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(request)
            server.headers.append({**dict(self.headers.items()), "path": self.path})
            status, headers, body = server.reply(request)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that has left
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def judge(request: dict[str, Any]) -> Reply:
    """Good where the headline says so, bad where it says that; the same for every name."""
    asked = json.loads(request["messages"][1]["content"])
    text = asked["headline"].lower()
    value = 0.5 if "good" in text or "picks" in text else -0.5 if "bad" in text or "fine" in text else 0.0
    answer = {"value": value, "names": [value] * len(asked["names"]), "confidence": 0.9}
    return completion(json.dumps(answer))
