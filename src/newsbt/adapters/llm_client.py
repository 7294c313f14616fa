"""A language model behind an OpenAI-compatible endpoint: one question, one answer."""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsbt.errors import DataUnavailableError, InputError

__all__ = ["LlmClient", "from_environment"]

#: Where the endpoint, the model and the key are read from.
URL, MODEL, KEY = "NEWSBT_LLM_URL", "NEWSBT_LLM_MODEL", "NEWSBT_LLM_KEY"
#: Bytes of an answer that are read.
LARGEST = 4 * 2**20
#: Statuses that may pass when asked again.
BUSY = (408, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class LlmClient:
    """Asks one model.

    Parameters
    ----------
    url : str
        Base of the endpoint, as ``http://localhost:8080/v1``; ``/chat/completions`` is added.
    model : str
    key : str
        Sent as a bearer token; empty for none. It goes to `url` alone, never over plain HTTP to another
        machine, and stands in no message.
    timeout_s : float
        For each try.
    tries : int
        A busy endpoint is asked again after a pause, doubled each time.
    pause_s : float
        The first pause.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = 120.0
    tries: int = 3
    pause_s: float = 1.0

    def answer(self, instruction: str, question: str) -> str:
        """The model's answer to `question` under `instruction`, at temperature 0.

        Raises
        ------
        InputError
            For a URL that is none, or that would send the key in the clear.
        DataUnavailableError
            If the endpoint is not to be reached, refuses, or answers something else than a completion.
        """
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": question},
            ],
        }
        content = self._post(json.dumps(body).encode())
        try:
            value: Any = json.loads(content)
            text = value["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise DataUnavailableError(
                f"{self._place} does not answer as an OpenAI-compatible endpoint; check {URL}"
            ) from error
        if not isinstance(text, str):
            raise DataUnavailableError(f"{self._place} answered without text; try another model")
        return text

    @property
    def _place(self) -> str:
        parts = urllib.parse.urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}"

    def _post(self, body: bytes) -> bytes:
        request = urllib.request.Request(_endpoint(self.url, self.key), data=body, method="POST")
        request.add_header("Content-Type", "application/json")
        if self.key:
            request.add_header("Authorization", f"Bearer {self.key}")
        opener = urllib.request.build_opener(_StayHere)
        for left in range(self.tries - 1, -1, -1):
            try:
                with opener.open(request, timeout=self.timeout_s) as response:
                    return bytes(response.read(LARGEST))
            except urllib.error.HTTPError as error:
                error.close()
                if error.code not in BUSY or not left:
                    raise DataUnavailableError(
                        f"{self._place} refuses with status {error.code}; check {MODEL} and {KEY}"
                    ) from error
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    raise DataUnavailableError(
                        f"{self._place} is not to be reached: {error}; is it running?"
                    ) from error
            time.sleep(self.pause_s * 2 ** (self.tries - 1 - left))
        raise DataUnavailableError(f"{self._place} was asked no time; let tries be 1 or more")


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key is for the endpoint that was named."""

    def redirect_request(self, *_: Any) -> None:
        """Refuse."""


def from_environment(
    environment: Mapping[str, str] | None = None, *, url: str | None = None, model: str | None = None
) -> LlmClient:
    """The client that ``NEWSBT_LLM_URL``, ``NEWSBT_LLM_MODEL`` and ``NEWSBT_LLM_KEY`` describe.

    Parameters
    ----------
    environment : mapping, optional
        By default that of the process.
    url, model : str, optional
        Go before the environment.

    Raises
    ------
    InputError
        If the endpoint or the model is not named, or the URL is none.
    """
    found = os.environ if environment is None else environment
    place, name = url or found.get(URL, ""), model or found.get(MODEL, "")
    for value, variable, example in ((place, URL, "http://localhost:8080/v1"), (name, MODEL, "qwen2.5-7b")):
        if not value:
            raise InputError(f"no language model is named; set {variable}, as in {variable}={example}")
    key = found.get(KEY, "")
    _endpoint(place, key)
    return LlmClient(place, name, key)


def _endpoint(url: str, key: str) -> str:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url!r} is no web address; write it as http://localhost:8080/v1")
    if key and parts.scheme == "http" and not _is_here(parts.hostname):
        raise InputError(f"the key would travel to {parts.hostname} in the clear; use https, or unset {KEY}")
    return f"{url.rstrip('/')}/chat/completions"


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
