"""Questions to a language model: retries, refusals, time-outs, and what is never sent on."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest

from chat_server import chat_server, completion
from newsbt.adapters.scorers.chat import Chat, open_chat
from newsbt.errors import DataUnavailableError, ParameterError

CUTOFF = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def chat(url: str, **settings: object) -> tuple[Chat, list[float]]:
    waits: list[float] = []
    return Chat(url, "m", CUTOFF, wait=waits.append, **settings), waits  # type: ignore[arg-type]


def test_asks_at_temperature_0_and_gives_the_text_back() -> None:
    with chat_server(lambda _: completion("yes")) as server:
        model, _ = chat(f"{server.url}/", key="secret")
        assert model.ask("judge", "this") == "yes"
    sent = server.requests[0]
    assert (sent["model"], sent["temperature"]) == ("m", 0)
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert server.headers[0]["path"] == "/v1/chat/completions"
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "secret" not in repr(model)


def test_passing_errors_are_tried_again_with_longer_and_longer_waits() -> None:
    replies = iter([(503, {}, b""), (429, {"Retry-After": "7"}, b""), (200, {}, b"{}"), completion("ok")])
    with chat_server(lambda _: next(replies)) as server:
        model, waits = chat(server.url, retries=3)
        assert model.ask("", "") == "ok"
    assert waits == [1.0, 7.0, 4.0]


def test_a_server_that_never_answers_is_given_up() -> None:
    with chat_server(lambda _: (500, {}, b"")) as server:
        model, waits = chat(server.url, retries=2)
        with pytest.raises(DataUnavailableError, match="no answer in 3 tries: status 500"):
            model.ask("", "")
    assert len(server.requests) == 3 and waits == [1.0, 2.0]


def test_a_refusal_is_not_tried_again_and_does_not_show_the_key() -> None:
    with chat_server(lambda _: (401, {}, b"")) as server:
        model, waits = chat(server.url, key="secret")
        with pytest.raises(DataUnavailableError, match="status 401") as caught:
            model.ask("", "")
    assert not waits and "secret" not in str(caught.value)


def test_a_redirect_is_not_followed() -> None:
    with chat_server(lambda _: completion("elsewhere")) as other:
        with chat_server(lambda _: (302, {"Location": other.url}, b"")) as server:
            model, _ = chat(server.url, key="secret")
            with pytest.raises(DataUnavailableError, match="status 302"):
                model.ask("", "")
        assert not other.requests


def test_a_slow_server_runs_into_the_time_out() -> None:
    def slow(_: object) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.3)
        return 500, {}, b""

    with chat_server(slow) as server:
        model, _ = chat(server.url, timeout=0.05, retries=0)
        with pytest.raises(DataUnavailableError, match="timed out"):
            model.ask("", "")


def test_nobody_at_the_address() -> None:
    model, waits = chat("http://127.0.0.1:9/v1", retries=1)
    with pytest.raises(DataUnavailableError, match="gave no answer in 2 tries"):
        model.ask("", "")
    assert waits == [1.0]


@pytest.mark.parametrize("content", [None, 5, ["a"], {"a": 1}])
def test_an_answer_without_text_is_none(content: object) -> None:
    with chat_server(lambda _: completion(content)) as server:
        model, _ = chat(server.url, retries=0)
        with pytest.raises(DataUnavailableError, match="without text"):
            model.ask("", "")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "has no url"),
        ({"url": "http://x/v1"}, "has no model"),
        ({"url": "http://x/v1", "model": "m"}, "has no trained_until"),
        ({"url": "file:///etc/passwd", "model": "m", "trained_until": "2025-01-01"}, "no http address"),
        ({"url": "http://x/v1", "model": "m", "trained_until": "soon"}, "'soon' is no date"),
    ],
)
def test_missing_settings_are_named(
    given: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("URL", "MODEL", "TRAINED_UNTIL", "KEY"):
        monkeypatch.delenv(f"NEWSBT_LLM_{name}", raising=False)
    with pytest.raises(ParameterError, match=message):
        open_chat(**given)


def test_the_environment_fills_what_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"URL": "https://x/v1", "MODEL": "m", "TRAINED_UNTIL": "2025-06-30", "KEY": "k"}
    for name, value in values.items():
        monkeypatch.setenv(f"NEWSBT_LLM_{name}", value)
    found = open_chat(model="other")
    assert (found.url, found.model, found.key) == ("https://x/v1", "other", "k")
    assert found.trained_until == dt.datetime(2025, 7, 1, tzinfo=dt.UTC)


def test_the_answer_is_read_as_json_only() -> None:
    with chat_server(lambda _: (200, {}, json.dumps([1]).encode())) as server:
        model, _ = chat(server.url, retries=0)
        with pytest.raises(DataUnavailableError, match="another form"):
            model.ask("", "")
