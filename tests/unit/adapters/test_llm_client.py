"""The client of a language model, against a server of our own on loopback."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsbt.adapters.llm_client import LlmClient, from_environment
from newsbt.errors import DataUnavailableError, InputError


@pytest.fixture
def endpoint():
    """Answers with the next of `server.answers`, (status, body); keeps what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
            status, text = self.server.answers.pop(0)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def completion(text):
    return 200, json.dumps({"choices": [{"message": {"content": text}}]})


def client(server, **how):
    return LlmClient(server.url, "m", "secret", pause_s=0.0, **how)


def test_a_question_and_its_answer(endpoint):
    endpoint.answers = [completion("yes")]
    assert client(endpoint).answer("Be brief.", "Is it?") == "yes"
    ((path, headers, body),) = endpoint.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body["model"] == "m"
    assert body["temperature"] == 0
    assert [(item["role"], item["content"]) for item in body["messages"]] == [
        ("system", "Be brief."),
        ("user", "Is it?"),
    ]


def test_a_busy_endpoint_is_asked_again(endpoint):
    endpoint.answers = [(503, ""), (429, ""), completion("at last")]
    assert client(endpoint).answer("", "") == "at last"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([(401, "")], "refuses with status 401"),
        ([(500, "")] * 3, "refuses with status 500"),
        ([(302, "")], "refuses with status 302"),
        ([(200, "<html>")], "OpenAI-compatible"),
        ([(200, '{"choices": []}')], "OpenAI-compatible"),
        ([completion(None)], "without text"),
    ],
)
def test_what_goes_wrong_is_one_sentence_without_the_key(endpoint, answers, reason):
    endpoint.answers = list(answers)
    with pytest.raises(DataUnavailableError, match=reason) as caught:
        client(endpoint).answer("", "")
    assert "secret" not in str(caught.value)


def test_nobody_there():
    with pytest.raises(DataUnavailableError, match="not to be reached"):
        LlmClient("http://127.0.0.1:9/v1", "m", tries=1).answer("", "")


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "set NEWSBT_LLM_URL"),
        ({"NEWSBT_LLM_URL": "http://localhost/v1"}, "set NEWSBT_LLM_MODEL"),
        ({"NEWSBT_LLM_URL": "file:///etc/passwd", "NEWSBT_LLM_MODEL": "m"}, "no web address"),
        (
            {"NEWSBT_LLM_URL": "http://example.org/v1", "NEWSBT_LLM_MODEL": "m", "NEWSBT_LLM_KEY": "secret"},
            "in the clear",
        ),
    ],
)
def test_settings_that_cannot_be_used(environment, reason):
    with pytest.raises(InputError, match=reason) as caught:
        from_environment(environment)
    assert "secret" not in str(caught.value)


def test_settings_that_can():
    made = from_environment({"NEWSBT_LLM_URL": "http://localhost:8080/v1/", "NEWSBT_LLM_MODEL": "m"})
    assert made == LlmClient("http://localhost:8080/v1/", "m")
    assert "key" not in repr(LlmClient("http://localhost/v1", "m", "secret"))
