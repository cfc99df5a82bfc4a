"""What all web processes remember together."""

from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import SharedValue
from fyrtaarn.foundation.separation import reading_only
from fyrtaarn.foundation.shared import SharedCache, forget_expired
from tests.harness.races import at_once


@pytest.fixture
def two() -> list[SharedCache]:
    """The caches of two web processes."""
    return [SharedCache("", {}), SharedCache("", {})]


def pass_time() -> None:
    SharedValue.objects.update(expires=clock.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_what_one_keeps_the_other_knows(two: list[SharedCache]) -> None:
    one, other = two
    one.set("forsøg", [1.5, 2.5], 60)
    assert other.get("forsøg") == [1.5, 2.5]
    other.set("forsøg", [3.5], 60)
    assert one.get("forsøg") == [3.5]
    assert other.delete("forsøg")
    assert not other.delete("forsøg")
    assert one.get("forsøg", "intet") == "intet"


@pytest.mark.django_db
def test_what_has_expired_is_gone_and_is_cleared_away(two: list[SharedCache]) -> None:
    one, other = two
    one.set("a", 1, 60)
    pass_time()
    assert other.get("a") is None
    assert other.add("a", 2, 60)
    assert one.get("a") == 2
    assert forget_expired() == 0
    pass_time()
    assert forget_expired() == 1
    assert not SharedValue.objects.exists()


@pytest.mark.django_db
def test_reading_never_writes(two: list[SharedCache]) -> None:
    two[0].set("a", 1, 60)
    pass_time()
    with reading_only(None):
        assert two[1].get("a") is None


@pytest.mark.django_db
def test_all_is_forgotten_at_once(two: list[SharedCache]) -> None:
    two[0].set("a", 1, 60)
    two[1].clear()
    assert two[0].get("a") is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("expired", [False, True])
def test_of_many_who_add_at_once_one_succeeds(two: list[SharedCache], expired: bool) -> None:
    if expired:
        two[0].set("lås", True, 60)
        pass_time()

    def adds(number: int) -> Any:
        return lambda: two[number % 2].add("lås", number, 60)

    assert sorted(at_once(*[adds(number) for number in range(8)])) == [False] * 7 + [True]


@pytest.mark.django_db
def test_what_a_wrong_clock_has_kept_for_a_year_does_not_count(two: list[SharedCache]) -> None:
    two[0].set("attempts", [1, 2, 3], timeout=timedelta(days=365).total_seconds())
    assert two[1].get("attempts") is None
    two[0].set("attempts", [1], timeout=60)
    assert two[1].get("attempts") == [1]
