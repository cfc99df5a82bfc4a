"""What cannot be undone waits while the clock is in doubt."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fyrtaarn.foundation import clock, watching
from fyrtaarn.foundation.models import ClockWatch
from fyrtaarn.foundation.watching import clock_standing, note_time, once_the_clock_is_believed

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Move = Callable[[timedelta], None]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Move the clock of a single machine: ours and the database's."""
    moment = clock.now()

    def to(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment + by)
        monkeypatch.setattr(watching, "database_time", clock.now)

    to(timedelta(0))
    note_time()
    return to


def is_done() -> bool:
    done = []
    once_the_clock_is_believed(lambda: done.append(True))()
    return bool(done)


def test_an_even_clock_is_believed(move: Move) -> None:
    for minutes in range(5):
        move(minutes * MINUTE)
        note_time()
    assert clock_standing().is_believed
    assert is_done()
    assert ClockWatch.objects.count() == 1


@pytest.mark.parametrize("jump", [HOUR, DAY, 365 * DAY, -HOUR, -DAY, -365 * DAY], ids=str)
def test_after_a_jump_nothing_is_done_until_it_has_run_evenly_for_two_days(move: Move, jump: timedelta) -> None:
    move(jump)
    assert not is_done(), "before any worker has noted it"
    note_time()
    assert not is_done()
    for minutes in range(30, 2 * 24 * 60 + 1, 30):
        assert not is_done()
        move(jump + minutes * MINUTE)
        note_time()
    assert is_done()


def test_a_clock_that_is_put_right_again_is_one_that_has_jumped(move: Move) -> None:
    move(365 * DAY)
    note_time()
    move(MINUTE)
    note_time()
    assert not is_done()
    move(DAY)
    assert not is_done()


def test_a_small_correction_and_a_restart_of_the_worker_are_no_jumps(move: Move) -> None:
    for by in (20 * MINUTE, 16 * MINUTE, 70 * MINUTE):
        move(by)
        note_time()
        assert is_done()


@pytest.mark.parametrize(("ahead", "done"), [(4 * MINUTE, True), (6 * MINUTE, False), (-6 * MINUTE, False)], ids=str)
def test_two_machines_whose_clocks_differ_do_nothing(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta, done: bool
) -> None:
    moment = watching.database_time() + ahead
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert clock_standing().differs is not done
    assert is_done() is done
