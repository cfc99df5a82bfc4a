"""What may be posted as an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.engine.money import Fault, Line, fault_of, turned_round


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], Fault.TOO_FEW),
        ([Line("cash", debit=1)], Fault.TOO_FEW),
        ([Line("cash", debit=1), Line("free")], Fault.ONE_SIDE),
        ([Line("cash", debit=1, credit=1), Line("free", debit=1, credit=1)], Fault.ONE_SIDE),
        ([Line("cash", debit=-1), Line("free", credit=-1)], Fault.ONE_SIDE),
        ([Line("cash", debit=5), Line("free", debit=-2, credit=5)], Fault.ONE_SIDE),
        ([Line("cash", debit=1), Line("cash", credit=1)], Fault.TWICE),
        ([Line("cash", debit=2), Line("free", credit=1)], Fault.UNBALANCED),
        ([Line("cash", debit=2), Line("free", debit=2)], Fault.UNBALANCED),
        ([Line("cash", debit=3), Line("free", credit=1), Line("owed", credit=2)], None),
    ],
)
def test_a_fault_is_named(lines: list[Line[str]], fault: Fault | None) -> None:
    assert fault_of(lines) is fault


@given(st.lists(st.integers(1, 10**15), min_size=1, max_size=8))
def test_what_is_turned_round_balances_and_takes_it_back(amounts: list[int]) -> None:
    lines = [Line(str(place), credit=amount) for place, amount in enumerate(amounts)]
    lines.append(Line("cash", debit=sum(amounts)))
    back = turned_round(lines)
    assert fault_of(lines) is fault_of(back) is None
    assert [a.debit + b.debit - a.credit - b.credit for a, b in zip(lines, back, strict=True)] == [0] * len(lines)
    assert turned_round(back) == lines
