"""Rules judge headlines; cases worked out by hand on a table of seven cues."""

from __future__ import annotations

import tomllib

import pytest

from newsbt.scoring.taxonomy_table import parse_taxonomy

TABLE = """
[category.regulation]
strength = 0.5
half_life = 10
[category.earnings]
strength = 1.0
half_life = 5
[category.partnership]
strength = 0.4
half_life = 3
direction = 1

[[cue]]
name = "fine"
direction = -1
weight = 0.8
phrases = ["fine|fines|fined"]
[[cue]]
name = "probe"
direction = -1
weight = 0.6
phrases = ["probe", "investigat*"]
[[cue]]
name = "crackdown"
direction = -1
weight = 1.0
phrases = ["crackdown"]
[[cue]]
name = "pressure ends"
direction = 1
weight = 1.0
phrases = ["end* ... crackdown"]
[[cue]]
name = "approval"
direction = 1
weight = 0.6
phrases = ["approv*"]
[[cue]]
name = "beats"
direction = 1
weight = 0.8
phrases = ["above ... expected", "beat*"]
categories = ["earnings"]
[[cue]]
name = "cap"
direction = -1
weight = 2.0
phrases = ["disaster"]

[[negation]]
window = 2
factor = -0.5
phrases = ["not", "no"]
[[negation]]
window = 4
factor = -1.0
phrases = ["drop* plan"]

[figures]
words = ["vs", "above"]
weight = 1.0
full = 0.1
categories = ["earnings"]
"""
RULES = parse_taxonomy(tomllib.loads(TABLE), "test")


@pytest.mark.parametrize(
    ("headline", "category", "value", "why"),
    [
        ("Regulator FINES Alibaba", "regulation", -0.4, "cues: fine -0.8"),
        ("Regulator refines rules", "regulation", 0.0, "no cue"),
        ("Fine after fine after fine", "regulation", -0.4, "cues: fine -0.8"),
        ("Probe, then fine", "regulation", -0.7, "cues: probe -0.6, fine -0.8"),
        ("Probe closed, deal approved", "regulation", 0.0, "cues: probe -0.6, approval +0.6; they cancel"),
        ("Crackdown widens", "regulation", -0.5, "cues: crackdown -1"),
        ("China ends its tech crackdown", "regulation", 0.5, "cues: pressure ends +1"),
        ("Alibaba is not fined", "regulation", 0.2, "cues: fine negated +0.4"),
        ("Alibaba is not to be ever fined", "regulation", -0.4, "cues: fine -0.8"),
        ("Not so: Alibaba fined", "regulation", -0.4, "cues: fine -0.8"),
        ("Body drops plan to fine Alibaba", "regulation", 0.4, "cues: fine negated +0.8"),
        ("Body drops plan and will not approve it", "regulation", -0.15, "cues: approval negated -0.3"),
        ("Disaster, fine, probe", "regulation", -1.0, "cues: cap -2, fine -0.8, probe -0.6"),
        ("Alibaba beats", "regulation", 0.0, "no cue"),
        ("Alibaba beats", "earnings", 0.8, "cues: beats +0.8"),
        ("EPS $1.05 vs $1.00", "earnings", 0.5, "cues: figures $1.05 against $1.00 +0.5"),
        ("EPS $2 vs $1", "earnings", 1.0, "cues: figures $2 against $1 +1"),
        ("EPS $0.97 vs $1", "earnings", -0.3, "cues: figures $0.97 against $1 -0.3"),
        # Figures are more exact than the word above; the cue does not speak twice.
        ("EPS $1.05, above the $1 expected", "earnings", 0.5, "cues: figures $1.05 against $1 +0.5"),
        ("EPS $1.05 vs $1.00", "regulation", 0.0, "no cue"),
        ("Apple and Alibaba", "partnership", 0.4, "no cue; default of partnership"),
        ("Anything fined", "macro", 0.0, "category 'macro' has no rules"),
        ("", "regulation", 0.0, "no cue"),
    ],
)
def test_judgements(headline: str, category: str, value: float, why: str) -> None:
    found = RULES.judge(headline, category)
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.why == why


def test_half_life_is_the_categorys() -> None:
    assert [RULES.judge("x", name).half_life for name in ("regulation", "earnings", "partnership")] == [
        10,
        5,
        3,
    ]


def test_words_of_a_cue_negate_nothing() -> None:
    table = tomllib.loads(TABLE)
    table["negation"].append({"phrases": ["end*"], "window": 5, "factor": -1.0})
    rules = parse_taxonomy(table, "test")
    # "ends" belongs to the cue "pressure ends"; the fine after it stands as it is: (1.0 - 0.8) * 0.5.
    assert rules.judge("China ends crackdown with fine", "regulation").value == pytest.approx(0.1)
    assert rules.judge("China ends with fine", "regulation").value == pytest.approx(0.4)


def test_the_nearest_negation_counts() -> None:
    # "not" (factor -0.5) stands nearer than "drops plan" (-1).
    assert RULES.judge("Body drops plan not fine", "regulation").value == pytest.approx(0.8 * 0.5 * 0.5)
