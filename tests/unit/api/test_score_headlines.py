"""Labels of headlines without a catalogue: names, models, what goes wrong, and where the tables come from."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import newsbt
from newsbt.errors import InputError, UnknownNameError

ROOT = Path(__file__).resolve().parents[3]


def test_a_label_is_the_likeliest_of_three_and_the_sign_of_the_value() -> None:
    texts = [
        "Quexlo Motors' profit zooms 40%",
        "Quexlo Motors tanks after fraud probe",
        "Quexlo Motors to hold meeting on Monday",
        "",
    ]
    found = newsbt.score_headlines(texts, workspace=ROOT)
    assert list(found["label"]) == ["positive", "negative", "neutral", "neutral"]
    assert list(found["headline"]) == texts and set(found["name"]) == {""}
    for row in found.itertuples():
        assert row.label == {1: "positive", 0: "neutral", -1: "negative"}[(row.value > 0) - (row.value < 0)]
        shares = {"negative": row.p_negative, "neutral": row.p_neutral, "positive": row.p_positive}
        if row.headline:
            assert max(shares, key=lambda name: shares[name]) == row.label
            assert math.isclose(sum(shares.values()), 1.0) and row.confidence == max(shares.values())
        else:
            assert row.confidence == 0.0 and math.isnan(row.p_neutral)


def test_names_that_no_table_knows_are_judged_for_themselves() -> None:
    text = "Quexlo gains market share from Zorvex"
    both = newsbt.score_headlines([text], names=[("Quexlo", "Zorvex")], workspace=ROOT)
    assert list(both["name"]) == ["Quexlo", "Zorvex"] and list(both["label"]) == ["positive", "negative"]
    # One name for all; one that is not there is the headline as a whole.
    one, whole, other = (
        newsbt.score_headlines(text, names=name, workspace=ROOT) for name in ("Zorvex", None, "Nobody")
    )
    assert one["label"][0] == "negative"
    assert other["value"][0] == whole["value"][0]


def test_an_issuer_is_found_by_its_other_names() -> None:
    found = newsbt.score_headlines(
        "Taobao loses share to 京东", names=[["Alibaba", "JD.com"]], workspace=ROOT
    )
    assert list(found["label"]) == ["negative", "positive"]


def test_models_that_give_no_probabilities_have_none() -> None:
    found = newsbt.score_headlines(["Profit beats estimates", "Blue"], "sentiment", workspace=ROOT)
    assert list(found["label"]) == ["positive", "neutral"] and found["p_positive"].isna().all()
    assert list(found["confidence"] > 0.0) == [True, False]


def test_without_a_workspace_around_what_ships_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSBT_WORKSPACE", raising=False)
    assert newsbt.score_headlines("Profit slumps 40%")["label"][0] == "negative"
    assert len(newsbt.score_headlines([])) == 0


def test_mistakes_are_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'headline'"):
        newsbt.score_headlines(["x"], "hedline", workspace=ROOT)
    with pytest.raises(InputError, match="names has 1 entries for 2 headlines"):
        newsbt.score_headlines(["x", "y"], names=["x"], workspace=ROOT)
    with pytest.raises(InputError, match="holds float nan"):
        newsbt.score_headlines(["x", float("nan")], workspace=ROOT)  # type: ignore[list-item]


def test_issuers_of_one_name_are_judged_alike() -> None:
    found = newsbt.score_headlines(
        "BAT rally while JD slumps", names=[["Baidu", "Tencent", "JD.com"]], workspace=ROOT
    )
    assert list(found["label"]) == ["positive", "positive", "negative"]
    assert found["value"][0] == found["value"][1]
