"""Several opinions made one."""

from __future__ import annotations

import pytest

from newsbt.errors import ParameterError
from newsbt.scoring.ensemble import Weighted, combine, parse_models
from newsbt.scoring.model import Score

MODELS = (Weighted("a", 1.0), Weighted("b", 3.0))


def test_models_and_weights_are_read() -> None:
    assert parse_models("taxonomy + 2*surprise+.5*mine_2") == (
        Weighted("taxonomy", 1.0),
        Weighted("surprise", 2.0),
        Weighted("mine_2", 0.5),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write names of signals with a plus between them"),
        ("a,b", "write names of signals with a plus between them"),
        ("a+-1*b", "write names of signals"),
        ("a+0*b", "gives b the weight 0; leave it out"),
        ("a+2*a", "names a twice"),
    ],
)
def test_anything_else_is_explained(text: str, said: str) -> None:
    with pytest.raises(ParameterError, match="models") as caught:
        parse_models(text)
    assert said in str(caught.value)


def test_the_mean_is_of_those_with_an_opinion() -> None:
    both = combine(MODELS, [Score(0.8, 4.0, "x"), Score(-0.4, 8.0, "y", True)], 1, 5.0)
    assert both.value == pytest.approx((0.8 - 3 * 0.4) / 4)
    assert both.half_life == pytest.approx((0.8 * 4.0 + 1.2 * 8.0) / 2.0)
    assert both.hindsight and both.why == "a +0.80 (x); b -0.40 (y)"
    silent = Score(0.0, 9.0, "nothing", True)
    assert combine(MODELS, [Score(0.8, 4.0, "x"), silent], 1, 5.0) == Score(0.8, 4.0, "a +0.80 (x)")


def test_fewer_opinions_than_the_quorum_are_none() -> None:
    one = [Score(0.8, 4.0, "x"), Score(0.0, 4.0)]
    assert combine(MODELS, one, 2, 5.0) == Score(0.0, 5.0, "1 of 2 models have an opinion, 2 are needed")


def test_opinions_by_issuer_are_combined_issuer_by_issuer() -> None:
    apart = Score(0.0, 4.0, "x", by_issuer={"JD.com": 1.0, "Alibaba": -1.0})
    found = combine(MODELS, [apart, Score(0.2, 4.0, "y")], 1, 5.0)
    assert found.by_issuer == {
        "JD.com": pytest.approx((1.0 + 0.6) / 4),
        "Alibaba": pytest.approx((-1.0 + 0.6) / 4),
    }
    assert found.value == pytest.approx(0.6 / 4)
