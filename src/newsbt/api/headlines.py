"""``newsbt.score_headlines``: label, value and probabilities of headlines without a catalogue."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from newsbt.adapters.scaffold import template_root
from newsbt.adapters.workspace import VARIABLE, Workspace, find_workspace
from newsbt.api.label import text_model
from newsbt.errors import InputError, WorkspaceError
from newsbt.sentiment.text_signal import TextSignalModel, place_of

if TYPE_CHECKING:
    import pandas as pd

    from newsbt.sentiment.scorer import Opinion, Scorer

__all__ = ["LABELS", "score_headlines"]

Names: TypeAlias = str | Sequence[str] | None
#: Labels, by the sign of the value.
LABELS = {-1: "negative", 0: "neutral", 1: "positive"}
SHARES = ("negative", "neutral", "positive")


def score_headlines(
    headlines: Sequence[str] | str,
    model: str = "headline",
    *,
    names: Sequence[Names] | str | None = None,
    workspace: str | os.PathLike[str] | None = None,
    **params: object,
) -> pd.DataFrame:
    """Say of headlines whether they are good, bad or neutral.

    Parameters
    ----------
    headlines : str or sequence of str
        In any case, plain or as HTML, with or without a publisher at the end; English, or Chinese, which only
        the lexicon knows.
    model : str
        A signal that reads texts: headline, sentiment, finbert, llm, or one of your own.
    names : None, str, or one entry for each headline
        Whom to judge for: a company that the headline names, as written there or as in ``universe.toml``,
        several of them, or None for the headline as a whole. One name alone counts for all headlines. A name
        that the headline does not have is judged as the headline as a whole.
    workspace : path or None
        Whose lexicon, aliases and signals are used; None is the one around, else what ships with newsbt.
    **params
        Of the signal.

    Returns
    -------
    DataFrame
        One row a headline and name, in the order given:

        - ``headline``, ``name``: as given; name is empty for the headline as a whole;
        - ``label``: ``"negative"``, ``"neutral"`` or ``"positive"``, the sign of `value`;
        - ``value``: -1 to 1. Of ``headline`` the probability of good less that of bad news, and 0 where
          neutral is likeliest: the label is the likeliest of three. Of ``sentiment`` the sum of its phrases,
          and 0 below 0.05 in size;
        - ``confidence``: 0 to 1; 0 says that the model has no opinion, and the label is neutral then;
        - ``p_negative``, ``p_neutral``, ``p_positive``: probabilities; NaN from models that give none and for
          Chinese.

    Raises
    ------
    InputError
        If the model, a parameter or the shape of `names` cannot be used.
    DataUnavailableError
        If the model has to be asked and does not answer.

    Examples
    --------
    >>> import newsbt
    >>> both = newsbt.score_headlines("JD gains share from Alibaba", names=[["JD", "Alibaba"]])
    >>> list(both["label"])
    ['positive', 'negative']
    """
    import pandas as pd

    texts = [headlines] if isinstance(headlines, str) else list(headlines)
    if wrong := next((text for text in texts if not isinstance(text, str)), None):
        raise InputError(f"headlines holds {type(wrong).__name__} {wrong!r}; give texts")
    wanted = _wanted(names, len(texts))
    reader = text_model(_place(workspace), model, params)
    scorer = reader.scorer()
    asked = [_aspects(reader, text, given) for text, given in zip(texts, wanted, strict=True)]
    opinions = scorer.score(texts, asked)
    shares = _shares(scorer, texts, asked, opinions)
    rows = []
    for text, given, opinion, found in zip(texts, wanted, opinions, shares, strict=True):
        values = opinion.by_aspect if given else (opinion.value,)
        for at, name in enumerate(given or ("",)):
            value = values[at] if opinion.confidence > 0.0 else 0.0
            share = found[at]
            sure = opinion.confidence if np.isnan(share).any() else float(share.max())
            rows.append((text, name, LABELS[(value > 0.0) - (value < 0.0)], value, sure, *share.tolist()))
    columns = ["headline", "name", "label", "value", "confidence", *(f"p_{name}" for name in SHARES)]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {name: "str" for name in columns[:3]} | {name: "float64" for name in columns[3:]}
    return table.astype(kinds)


def _place(workspace: str | os.PathLike[str] | None) -> Workspace:
    """The workspace that is named or around, else what ships."""
    if workspace is not None:
        return find_workspace(Path(workspace))
    try:
        return find_workspace()
    except WorkspaceError:
        if os.environ.get(VARIABLE):
            raise
        return Workspace(template_root())


def _wanted(names: Sequence[Names] | str | None, count: int) -> list[tuple[str, ...]]:
    """Names to judge for, of each headline."""
    if names is None or isinstance(names, str):
        return [(names,) if names else ()] * count
    if len(names) != count:
        raise InputError(
            f"names has {len(names)} entries for {count} headlines; give one for each, or one text"
        )
    return [(entry,) if isinstance(entry, str) and entry else tuple(entry or ()) for entry in names]


def _aspects(reader: TextSignalModel, text: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Words of `text` for the names given, then those of others that it names; empty for the whole."""
    if not given:
        return ()
    names, issuers = reader.aspects(text)
    by_issuer = dict(zip(issuers, names, strict=True))
    words = []
    for name in given:
        listings = reader.context.universe.resolve(name)
        issuer = listings[0].issuer if listings else name
        words.append(name if place_of(text, name) is not None else by_issuer.get(issuer, name))
    taken = {word.lower() for word in words}
    return (*words, *(name for name in names if name.lower() not in taken))


def _shares(
    scorer: Scorer, texts: Sequence[str], asked: Sequence[tuple[str, ...]], opinions: Sequence[Opinion]
) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Probabilities of each query of each text; NaN where the scorer gives none."""
    from newsbt.sentiment.headline import HeadlineScorer, is_chinese

    counts = [max(len(names), 1) for names in asked]
    if not isinstance(scorer, HeadlineScorer):
        return [np.full((count, 3), np.nan) for count in counts]
    parts = np.split(scorer.probabilities(texts, asked), np.cumsum(counts)[:-1]) if texts else []
    silent = [
        is_chinese(text) or opinion.confidence <= 0.0 for text, opinion in zip(texts, opinions, strict=True)
    ]
    return [np.full_like(part, np.nan) if no else part for part, no in zip(parts, silent, strict=True)]
