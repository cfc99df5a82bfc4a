import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation.keys import key_in, key_or_404


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_a_number_that_the_database_can_hold_is_a_key(number: int) -> None:
    assert key_in(str(number)) == key_or_404(str(number)) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "x", "٣", "²", "1" * 19])
def test_nothing_else_is(text: str) -> None:
    assert key_in(text) is None
    with pytest.raises(Http404):
        key_or_404(text)
