"""MinHash estimates the Jaccard index; candidates are those that share a band, within the window."""

import numpy as np
import pytest

from newsbt.stories.minhash import candidates, signatures


def grams(text):
    """By definition: pairs of ideographs, fours of other characters, and the last character."""
    wide = [ord(char) >= 0x2E80 for char in text]
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if wide[i] and wide[i + 1]}
    fours = {text[i : i + 4] for i in range(len(text) - 3) if not any(wide[i : i + 4])}
    return pairs | fours | {("end", text[-1])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acme opens a plant in the north of the country", "acme opens a plant in the south of the country"),
        ("艾克美宣布在北方开设新的工厂并招聘三万人", "艾克美在北方开设新的工厂将招聘三万人"),
        ("acme推出新车", "bolt推出新机"),
    ],
)
def test_equal_places_are_as_frequent_as_the_jaccard_index(one, other):
    a, b = grams(one), grams(other)
    jaccard = len(a & b) / len(a | b)
    found = signatures([one, other])
    share = float((found[0] == found[1]).mean())
    # 16 places: a standard deviation of at most 0.125.
    assert share == pytest.approx(jaccard, abs=0.375)


def test_equal_texts_have_equal_signatures_wherever_they_stand():
    texts = ["x", "acme opens", "艾", "艾克美", "acme opens", "x"]
    found = signatures(texts)
    assert (found[0] == found[5]).all()
    assert (found[1] == found[4]).all()
    assert (signatures(["acme opens"])[0] == found[1]).all()
    assert not (found[0] == found[2]).all()


def test_candidates_come_once_in_order_and_within_the_window():
    texts = ["the very same words again"] * 4
    later, earlier = candidates(signatures(texts), np.array([0, 5, 10, 100]), 10)
    assert list(zip(later, earlier, strict=True)) == [(1, 0), (2, 0), (2, 1)]


def test_no_texts_and_one_text_have_no_candidates():
    for texts in ([], ["alone"]):
        found = signatures(texts) if texts else np.empty((0, 16), np.uint64)
        later, earlier = candidates(found, np.arange(len(texts)), 10)
        assert len(later) == len(earlier) == 0
