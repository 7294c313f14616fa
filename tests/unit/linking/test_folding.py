"""Folding keeps offsets and makes scripts, widths and cases alike."""

import pytest

from newsbt.linking.folding import fold


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Alibaba", "alibaba"),
        ("阿里巴巴與騰訊", "阿里巴巴与腾讯"),
        ("ＢＡＢＡ（０９９８８）", "baba(09988)"),
        ("馬雲｜京東　雲", "马云|京东 云"),
        ("Jack’s – plan", "jack's - plan"),
    ],
)
def test_scripts_widths_and_cases_become_one(text, plain):
    assert fold(text) == plain


def test_a_character_whose_plain_form_is_longer_stays():
    # ﬁ would become two letters and İ a letter and a dot: every offset behind them would be wrong.
    assert fold("ﬁİX") == "ﬁİx"
