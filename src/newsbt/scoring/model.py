"""What a signal model is: catalysts in, scores in [-1, 1] out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from newsbt.records import Catalyst, ParamValue
from newsbt.scoring.past import PastMarket
from newsbt.universe import Universe

__all__ = ["Score", "SignalContext", "SignalModel"]


@dataclass(frozen=True, slots=True)
class Score:
    """Opinion of a model on one catalyst.

    Parameters
    ----------
    value : float
        In [-1, 1]; 0 is no opinion.
    half_life : float
        In sessions; how fast the opinion fades.
    why : str
        The rule that spoke (``"cue 'record fine'"``), or why there is no opinion.
    hindsight : bool
        The opinion rests on a judgement made after publication.
    by_issuer : mapping of issuer to float
        Opinions in [-1, 1] that hold in place of `value` for the listings of these issuers: what is good for
        one may be bad for another ("JD gains share from Alibaba"). A score that spills over to a peer without
        an opinion of its own is that of the issuer it comes from.
    """

    value: float
    half_life: float
    why: str = ""
    hindsight: bool = False
    by_issuer: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SignalContext:
    """What a model may know besides the catalysts.

    Parameters
    ----------
    universe : Universe
        Issuers and listings.
    tables : mapping of file name to parsed TOML
        The files of ``data/`` that the model names in :attr:`SignalModel.tables`.
    members : mapping of name to SignalModel
        The models that :meth:`SignalModel.members` names.
    """

    universe: Universe
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    members: Mapping[str, SignalModel] = field(default_factory=dict)


class SignalModel:
    """Base of every file in ``signals/``.

    Subclasses give `params` (name to default) and, for names of their own, `bounds` (name to low, high,
    description), both as literals so that they can be listed without importing the file; the first line of
    the docstring is the description. Values arrive, checked, in ``self.p``.

    A score may rest on its own catalyst and on earlier ones only: :meth:`score` is called with catalysts
    sorted by publication, and leaving later ones away must not change an earlier score. A model that learns
    from prices finds them in :attr:`market`, which is None outside a run, and must not use for a catalyst
    what ended after it was known.
    """

    params: ClassVar[dict[str, ParamValue]] = {}
    bounds: ClassVar[dict[str, tuple[Any, ...]]] = {}
    tables: ClassVar[tuple[str, ...]] = ()
    #: Whether the model needs prices from long before the run, to learn from them.
    learns: ClassVar[bool] = False
    market: PastMarket | None = None

    def __init__(self, context: SignalContext, params: Mapping[str, ParamValue]) -> None:
        self.context = context
        self.p: dict[str, Any] = {**self.params, **params}

    @classmethod
    def members(cls, params: Mapping[str, ParamValue]) -> tuple[str, ...]:
        """Names of other signals that this one asks, with these `params`; none unless overridden."""
        return ()

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        """One score for each of `catalysts`, in their order."""
        raise NotImplementedError(f"{type(self).__name__} does not say how to score")
