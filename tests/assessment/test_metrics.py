"""Figures say how much is assessed and how fast, and hold back what is so small that somebody could be recognised."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.assessment import actions
from fyrtaarn.assessment.metrics import Asked, Year, figures_of, shown
from fyrtaarn.assessment.models import Assignment
from fyrtaarn.foundation import clock

from .conftest import asked, assess, make_application, make_round


def year_of(days: list[int | None], conflicts: int = 0) -> Year:
    return shown([*(Asked(2026, each, False) for each in days), *[Asked(2026, None, True)] * conflicts])[0]


def test_half_and_nine_of_ten() -> None:
    assert year_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]) == Year(2026, 10, 10, 5, 9, 0)


def test_what_is_small_is_held_back_and_so_is_what_gives_it_away() -> None:
    assert year_of([1, 2, 3, 4]) == Year(2026, None, None, None, None, None)
    assert year_of([1, 2, 3, 4, 5], conflicts=2) == Year(2026, 7, None, 3, 5, None)
    assert year_of([1] * 15, conflicts=5) == Year(2026, 20, 15, 1, 1, 25)
    assert year_of([None] * 6) == Year(2026, 6, 0, None, None, 0)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 400)), max_size=30),
    st.integers(0, 12),
)
def test_no_shown_number_or_its_rest_is_small(days: list[int | None], conflicts: int) -> None:
    if not days and not conflicts:
        return
    found, many = year_of(days, conflicts), len(days) + conflicts
    done = sum(each is not None for each in days)
    assert found.asked in ((None,) if many < 5 else (many,))
    if found.done is not None:
        assert all(part == 0 or part >= 5 for part in (done, many - done))
    if found.conflicts is not None:
        assert all(part == 0 or part >= 5 for part in (conflicts, many - conflicts))
    if found.half_within is not None and found.most_within is not None:
        assert done >= 5
        assert found.half_within <= found.most_within


@pytest.mark.django_db
def test_only_the_municipalitys_own_and_by_the_year_in_which_it_was_asked(kolding: Any, koebenhavn: Any) -> None:
    here, there = make_round(kolding, assessors=6), make_round(koebenhavn, assessors=5)
    for round_ in (here, there):
        for one in asked(round_, make_application(round_, f"I {round_.municipality.slug}"), *round_.assessors[:5]):
            assess(round_, one, 3, 3)
    extra = actions.assign(here.manager, make_application(here, "Til"), here.assessors[5], due=None)
    last_year = clock.now() - timedelta(days=366)
    Assignment.objects.filter(pk=extra.pk).update(assigned=last_year)
    this, before = figures_of(kolding)
    assert (this.year, this.asked, this.done, this.half_within) == (clock.today().year, 5, 5, 0)
    assert (before.year, before.asked) == (last_year.year, None)
