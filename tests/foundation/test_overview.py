"""My overview: what rooms register is shown by section, the nearest day first."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section, overview_of


@pytest.fixture(autouse=True)
def no_other_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "_providers", [])


def items(section: Section, *days: date | None) -> Any:
    def provide(_user: Any) -> Iterator[OverviewItem]:
        for number, day in enumerate(days):
            yield OverviewItem(section, f"{section} {number}", "/", due=day)

    return overview.provider(provide)


PERSON: Any = SimpleNamespace(pk=1)


def test_sections_come_in_their_order_and_empty_ones_are_left_out() -> None:
    items(Section.MINE, None)
    items(Section.WAITING, None)
    assert list(overview_of(PERSON)) == [Section.WAITING, Section.MINE]


def test_the_nearest_day_comes_first_and_no_day_last() -> None:
    items(Section.WAITING, None, date(2026, 5, 2))
    items(Section.WAITING, date(2026, 5, 1))
    assert [item.due for item in overview_of(PERSON)[Section.WAITING]] == [date(2026, 5, 1), date(2026, 5, 2), None]
