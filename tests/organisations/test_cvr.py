"""CVR numbers."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.organisations.cvr import tidy_cvr, validate_cvr

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
digits = st.integers(10_000_000, 99_999_999).map(str)


def is_cvr(number: str) -> bool:
    """The rule as the reference words it, written out a second time."""
    return sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=True)) % 11 == 0


@given(digits)
def test_a_number_passes_exactly_when_the_weighted_sum_is_divisible_by_11(number: str) -> None:
    if is_cvr(number):
        validate_cvr(number)
    else:
        with pytest.raises(ValidationError):
            validate_cvr(number)


@given(digits.filter(is_cvr), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(ValidationError):
        validate_cvr(wrong)


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "0123456a", "٩٠٠٠٠٠٠١", "01234567"])
def test_what_is_not_eight_digits_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_cvr(text)


def test_blanks_dashes_and_the_country_are_tidied_away() -> None:
    assert tidy_cvr("DK 90 00 00-04") == "90000004"
