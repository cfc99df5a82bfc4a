"""Amounts as people write them, read to the øre."""

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.forms import MOST_OERE, KronerField
from fyrtaarn.foundation.money import amount, kroner, oere_in

WRITTEN = [
    ("12500", 1_250_000),
    ("12.500", 1_250_000),
    ("12,500", 1_250_000),
    ("12 500", 1_250_000),
    ("12.500,50", 1_250_050),
    ("12,500.5", 1_250_050),
    ("1.234.567,89 kr.", 123_456_789),
    ("DKK 12,500", 1_250_000),
    ("kr. 12.500,-", 1_250_000),
    ("0,05", 5),
    ("1.500", 150_000),
    ("1,50", 150),
    ("1.50", 150),
]
NO_AMOUNT = ["", "abc", "1,5,0", "1.2.3", "12.5000", "-5", "1,2345", "٣", "1e3", "\0", "12,", ",5", "9" * 5000]


@pytest.mark.parametrize(("text", "oere"), WRITTEN)
def test_an_amount_is_read_as_it_is_written(text: str, oere: int) -> None:
    assert oere_in(text) == oere


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an amount|integer string conversion"):
        oere_in(text)


@given(st.integers(0, MOST_OERE), st.sampled_from(["da", "en"]), st.sampled_from(["da", "en"]))
def test_what_is_shown_in_one_language_is_read_in_any(oere: int, shown: str, read: str) -> None:
    with translation.override(shown):
        texts = amount(oere), kroner(oere)
    with translation.override(read):
        assert [oere_in(text) for text in texts] == [oere, oere]


class Asking(forms.Form):
    asked = KronerField(label="Amount", most=100_000)
    own = KronerField(label="Own", required=False, least=0)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", "en", "required"),
        ("mange", "da", "Skriv et beløb i kroner"),
        ("mange", "en", "Write an amount in kroner"),
        ("0", "da", "Det mindste beløb er 0,01 kr."),
        ("1.000,01", "da", "Det højeste beløb er 1.000 kr."),
    ],
)
def test_a_faulty_amount_is_told_in_words(text: str, language: str, words: str) -> None:
    with translation.override(language):
        (fault,) = Asking({"asked": text}).errors["asked"]
        assert words in str(fault)


def test_a_field_gives_oere_and_shows_what_was_typed() -> None:
    form = Asking({"asked": " 12,50 ", "own": ""}, initial={"own": 0})
    assert form.is_valid()
    assert form.cleaned_data == {"asked": 1250, "own": None}
    assert 'value=" 12,50 "' in str(form["asked"])
    assert Asking({"asked": "1", "own": "0"}, initial={"asked": 100, "own": 0}).changed_data == []
    assert Asking({"asked": "x", "own": "1"}, initial={"asked": 100, "own": 0}).changed_data == ["asked", "own"]


def test_a_stored_amount_is_shown_as_it_would_be_typed() -> None:
    with translation.override("da"):
        assert 'value="12.500,50"' in str(Asking(initial={"asked": 1_250_050})["asked"])
