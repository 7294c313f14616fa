"""Headlines judged by a language model, one question each, so that none can change another's answer."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from newsbt.adapters.scorers.answers import Cached
from newsbt.adapters.scorers.chat import Chat, open_chat
from newsbt.errors import DataUnavailableError
from newsbt.sentiment.llm_question import INSTRUCTION, QUESTION_VERSION, headline_question, read_answer
from newsbt.sentiment.scorer import Opinion, Scorer

__all__ = ["LlmScorer", "llm_scorer"]


class LlmScorer:
    """Asks about each headline alone: what one says cannot reach the question about another.

    Parameters
    ----------
    chat : Chat
    parallel : int
        Questions at the same time.
    """

    name = "llm"

    def __init__(self, chat: Chat, parallel: int = 4) -> None:
        self._stopped = threading.Event()
        self._sleep = chat.wait
        self._chat, self._parallel = replace(chat, wait=self._wait), parallel

    @property
    def version(self) -> str:
        """The model's name."""
        return self._chat.model

    @property
    def settings(self) -> str:
        """Address, and version of the question."""
        return f"{self._chat.url} question {QUESTION_VERSION}"

    @property
    def trained_until(self) -> dt.datetime:
        """The model's training cut-off, as its user says."""
        return self._chat.trained_until

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`.

        A headline on which the model gives no valid answer in all its tries has no opinion, confidence 0.

        Raises
        ------
        DataUnavailableError
            If the server gives no answer at all, or refuses.
        """
        with ThreadPoolExecutor(self._parallel) as pool:
            try:
                return list(pool.map(self._one, texts, aspects))
            except BaseException:
                # Whoever waits for another try stops; questions that are under way end by their time-out.
                self._stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            finally:
                pool.shutdown()
                self._stopped.clear()

    def _wait(self, seconds: float) -> None:
        if self._stopped.is_set():
            raise DataUnavailableError("another question got no answer")
        self._sleep(seconds)

    def _one(self, text: str, names: tuple[str, ...]) -> Opinion:
        if not text.strip():
            return Opinion(0.0, 0.0, (0.0,) * len(names), "no text")
        reason = ""
        for _ in range(self._chat.retries + 1):
            if self._stopped.is_set():
                break
            answer = self._chat.ask(INSTRUCTION, headline_question(text, names))
            try:
                return read_answer(answer, names, self._chat.model)
            except (ValueError, RecursionError) as error:
                reason = str(error)
        why = f"{self._chat.model} gives no answer that can be used: {reason[:200]}"
        return Opinion(0.0, 0.0, (0.0,) * len(names), why)


def llm_scorer(
    url: str = "", model: str = "", trained_until: str = "", *, parallel: int = 4, **settings: Any
) -> Scorer:
    """A language model behind the cache of answers; see :func:`newsbt.adapters.scorers.chat.open_chat`."""
    return Cached(LlmScorer(open_chat(url, model, trained_until, **settings), parallel))
