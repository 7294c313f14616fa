"""``newsbt.extract``: drafts of catalysts from articles, for a notebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsbt.adapters.article_files import read_article
from newsbt.adapters.workspace import Workspace, find_workspace
from newsbt.articles.checks import CheckedError, check_proposal, faults
from newsbt.articles.draft_rows import DraftRow, row_of
from newsbt.articles.drafting import LEAST_CONFIDENCE, draft_article
from newsbt.articles.llm_request import INSTRUCTION, proposals, question
from newsbt.articles.merging import merge
from newsbt.articles.model import Article, Draft
from newsbt.articles.outside_names import OutsideNames
from newsbt.errors import InputError
from newsbt.linking.linker import Linker

__all__ = ["Ask", "Extracted", "extract", "extract_article"]

ALIASES = "aliases.toml"
#: Sends an instruction and a question to a language model, and gives its answer.
Ask = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one article.

    Parameters
    ----------
    article : Article
    rows : tuple of DraftRow
        By date, all pending.
    refused : tuple of str
        What a language model proposed and a check refused, with the reason.
    """

    article: Article
    rows: tuple[DraftRow, ...]
    refused: tuple[str, ...] = ()


def extract(
    files: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    workspace: str | os.PathLike[str] | None = None,
    min_confidence: float = LEAST_CONFIDENCE,
    ask: Ask | None = None,
    report: Callable[[str, float], None] | None = None,
) -> list[Extracted]:
    """Draft catalysts from articles; nothing is written.

    Parameters
    ----------
    files : path or paths
        Articles as text or HTML, one a file.
    published : str, optional
        ISO 8601 day or moment of publication, for articles that do not say.
    workspace : path, optional
        Whose aliases and universe to use; by default as for :func:`newsbt.run`.
    min_confidence : float
        Less sure drafts are left out.
    ask : callable, optional
        A language model that proposes drafts instead of the rules; each proposal passes the same checks.
    report : callable, optional
        Called with the file at hand and the share done.

    Returns
    -------
    list of Extracted
        One for each file, in order.

    Raises
    ------
    InputError
        For a file that cannot be read, or that does not say when it was published.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    paths = [files] if isinstance(files, str | os.PathLike) else list(files)
    found = []
    for at, path in enumerate(paths):
        if report is not None:
            report(f"Reading {Path(path).name}", at / len(paths))
        article = read_article(Path(path), published)
        found.append(extract_article(article, place, min_confidence=min_confidence, ask=ask))
    return found


def extract_article(
    article: Article, place: Workspace, *, min_confidence: float = LEAST_CONFIDENCE, ask: Ask | None = None
) -> Extracted:
    """Drafts of one article that is read already; see :func:`extract`."""
    universe = place.universe()
    linker = Linker.from_table(place.table(ALIASES), str(place.data / ALIASES), universe.issuers)
    outside = OutsideNames.of(universe.outside)
    known = {*universe.issuers, *universe.listings, *universe.outside}
    refused: list[str] = []
    if ask is None:
        funds = {item.issuer for item in universe.listings.values() if item.kind in ("etf", "index")}
        drafts: Sequence[Draft] = draft_article(article, linker, outside, least=min_confidence, ignored=funds)
    else:
        made = []
        try:
            answers = proposals(ask(INSTRUCTION, question(article)))
        except ValueError as error:
            raise InputError(
                f"{article.file}: the model's answer cannot be read: {error}; try another model"
            ) from error
        for item in answers:
            try:
                made.append(check_proposal(article, item, linker, outside))
            except CheckedError as error:
                refused.append(f"{item.get('headline') or item.get('quote') or 'a proposal'!s:.80}: {error}")
        drafts = [item for item in merge(made) if item.confidence >= min_confidence]
    good = []
    for draft in drafts:
        wrong = faults(article, draft, known)
        if wrong:
            refused.append(f"{draft.headline:.80}: {wrong[0]}")
        else:
            good.append(row_of(article, draft))
    return Extracted(article, tuple({row.id: row for row in good}.values()), tuple(refused))
