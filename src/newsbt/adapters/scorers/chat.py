"""Asks a language model behind an OpenAI-compatible address: one question, one answer."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from newsbt.errors import DataUnavailableError, ParameterError

__all__ = ["Chat", "open_chat"]

#: Bytes of an answer that are read.
LARGEST = 4 * 2**20
#: Seconds before the second try; doubles from try to try, up to the longest.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
#: Answers of a server that may be other the next time.
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the key is for the address that was named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Chat:
    """A language model at an address.

    Parameters
    ----------
    url : str
        Up to and including ``/v1``; ``/chat/completions`` is added.
    model : str
        As the server calls it.
    trained_until : datetime
        Aware: the model's training cut-off.
    key : str
        Sent as bearer token; never shown nor kept.
    timeout : float
        Seconds for one answer.
    retries : int
        Further tries after a passing error.
    wait : callable
        Sleeps some seconds.
    """

    url: str
    model: str
    trained_until: dt.datetime
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    retries: int = 4
    wait: Callable[[float], None] = time.sleep

    def ask(self, instruction: str, question: str) -> str:
        """The model's answer, at temperature 0.

        Raises
        ------
        DataUnavailableError
            If no answer came after all tries, or the server refuses.
        """
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": question},
            ],
        }
        pause = FIRST_WAIT
        for left in range(self.retries, -1, -1):
            try:
                return self._post(json.dumps(body).encode("utf-8"))
            except _PassingError as error:
                if not left:
                    raise DataUnavailableError(
                        f"{self.url} gave no answer in {self.retries + 1} tries: {error}; check the address,"
                        " or raise timeout and retries"
                    ) from error
                self.wait(min(max(error.after, pause), LONGEST_WAIT))
                pause *= 2.0
        raise DataUnavailableError(f"{self.url} was not asked; set retries to 0 or more")

    def _post(self, body: bytes) -> str:
        request = urllib.request.Request(
            f"{self.url.rstrip('/')}/chat/completions",
            body,
            {"Content-Type": "application/json"},
        )
        if self.key:
            request.add_unredirected_header("Authorization", f"Bearer {self.key}")
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=self.timeout) as answer:
                content = answer.read(LARGEST)
        except urllib.error.HTTPError as error:
            with error:
                after = _seconds(error.headers.get("Retry-After"))
            if error.code in PASSING:
                raise _PassingError(f"status {error.code}", after) from None
            raise DataUnavailableError(
                f"{self.url} refuses with status {error.code}; check address, model and key"
            ) from None
        except (OSError, http.client.HTTPException) as error:
            raise _PassingError(str(error) or type(error).__name__) from error
        try:
            text = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise _PassingError("an answer in another form than chat completions have") from error
        if not isinstance(text, str):
            raise _PassingError("an answer without text")
        return text


class _PassingError(Exception):
    """An error that may be gone at the next try."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


def open_chat(url: str = "", model: str = "", trained_until: str = "", **settings: Any) -> Chat:
    """A model by its settings, each from the environment where it is empty.

    Parameters
    ----------
    url, model, trained_until : str
        Else ``NEWSBT_LLM_URL``, ``NEWSBT_LLM_MODEL`` and ``NEWSBT_LLM_TRAINED_UNTIL`` (a date); the key is
        ``NEWSBT_LLM_KEY`` always.
    **settings
        `timeout`, `retries`, `wait` of :class:`Chat`.

    Raises
    ------
    ParameterError
        If one of them is missing or cannot be read.
    """
    url = url or os.environ.get("NEWSBT_LLM_URL", "")
    model = model or os.environ.get("NEWSBT_LLM_MODEL", "")
    day = trained_until or os.environ.get("NEWSBT_LLM_TRAINED_UNTIL", "")
    for value, name, example in (
        (url, "url", "http://127.0.0.1:8000/v1"),
        (model, "model", "the name the server knows it by"),
        (day, "trained_until", "the date its training data end, such as 2025-06-30"),
    ):
        if not value:
            variable = f"NEWSBT_LLM_{name.upper()}"
            raise ParameterError(
                f"the language model has no {name}; set signal.{name} or {variable}: {example}"
            )
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ParameterError(f"url {url!r} is no http address; write one such as http://127.0.0.1:8000/v1")
    return Chat(url, model, read_day(day), os.environ.get("NEWSBT_LLM_KEY", ""), **settings)


def read_day(text: str) -> dt.datetime:
    """Midnight UTC after a training cut-off, given as a date; ParameterError for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(
            f"trained_until {text!r} is no date; write the last day of the training data, such as 2025-06-30"
        ) from error
    return dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(days=1)


def _seconds(text: str | None) -> float:
    """A Retry-After in seconds; 0 for none or a date."""
    try:
        return max(float(text or 0.0), 0.0)
    except ValueError:
        return 0.0
