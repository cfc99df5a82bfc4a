"""The sealed history: any later change shows, and a lawful one says why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from fyrtaarn.foundation import clock, sealing, watching
from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.jobs import seal_history as nightly
from fyrtaarn.foundation.models import Seal
from tests.harness.people import make_organisation
from tests.harness.races import at_once

EVENTS = "organisations_organisationevent"
Days = Callable[[int], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Days:
    """`later(days)` moves the clock."""
    moment = clock.now()

    def move(days: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=days))
        monkeypatch.setattr(watching, "database_time", clock.now)

    return move


@pytest.fixture
def sealed(kolding: Any, later: Days) -> Seal:
    """Three organisations' history, sealed the next night, and more of it in the night after."""
    with because("Oprettet"):
        for name in ("En", "To", "Tre"):
            make_organisation(kolding, name=name)
    later(1)
    seal = sealing.seal_history()
    assert seal is not None
    later(2)
    assert sealing.seal_history() is not None
    return seal


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def broken() -> list[tuple[int, tuple[str, ...]]]:
    return [(one.seal.pk, one.tables) for one in sealing.broken_seals()]


@pytest.mark.django_db
def test_what_was_sealed_and_left_alone_holds(sealed: Seal) -> None:
    assert EVENTS in sealed.digests
    assert broken() == []
    assert sealing.seal_history() is None


@pytest.mark.django_db
def test_the_worker_seals_at_night(kolding: Any, later: Days) -> None:
    later(1)
    nightly(0)
    assert Seal.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE {EVENTS} SET name = 'Fire' WHERE name = 'To'",
        f"DELETE FROM {EVENTS} WHERE name = 'To'",
        f"INSERT INTO {EVENTS} SELECT * FROM {EVENTS} WHERE name = 'To'",
        f"UPDATE {EVENTS} SET pgh_created_at = pgh_created_at + interval '1 day'",
    ],
)
def test_any_later_change_shows(sealed: Seal, change: str) -> None:
    change = change.replace("SELECT *", "SELECT (jsonb_populate_record(e, jsonb_build_object('pgh_id', 999999))).*")
    run(change.replace(f"FROM {EVENTS} WHERE name = 'To'", f"FROM {EVENTS} e WHERE name = 'To'"))
    assert (sealed.pk, (EVENTS,)) in broken()


@pytest.mark.django_db
def test_who_did_it_is_sealed_too(sealed: Seal, kolding: Any) -> None:
    run("UPDATE pghistory_context SET metadata = '{}'")
    assert broken() == [(sealed.pk, ("pghistory_context",))]


@pytest.mark.django_db
def test_a_new_column_changes_nothing(sealed: Seal) -> None:
    run(f"ALTER TABLE {EVENTS} ADD COLUMN slogan text")
    assert broken() == []


@pytest.mark.django_db
def test_a_seal_cannot_be_changed_and_a_forced_change_breaks_the_chain(sealed: Seal) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Seal.objects.filter(pk=sealed.pk).update(digests={})
    run("ALTER TABLE foundation_seal DISABLE TRIGGER USER")
    run(f"UPDATE foundation_seal SET digests = '{{}}' WHERE id = {sealed.pk}")
    assert (sealed.pk, ()) in broken()


@pytest.mark.django_db
def test_a_lawful_change_is_sealed_anew_with_its_reason(sealed: Seal) -> None:
    with sealing.amending("A person was erased"):
        run(f"UPDATE {EVENTS} SET name = '' WHERE name = 'To'")
    assert broken() == []
    newest = Seal.objects.latest("pk")
    assert (newest.reason, newest.since, newest.until) == ("A person was erased", sealed.since, sealed.until)
    assert Seal.objects.exclude(reason="").count() == 1


@pytest.mark.django_db
def test_a_lawful_change_hides_no_unlawful_one(sealed: Seal) -> None:
    run(f"DELETE FROM {EVENTS} WHERE name = 'Tre'")
    with sealing.amending("A person was erased"):
        run(f"UPDATE {EVENTS} SET name = '' WHERE name = 'To'")
    assert (sealed.pk, (EVENTS,)) in broken()


@pytest.mark.django_db(transaction=True)
def test_two_workers_seal_once(kolding: Any, later: Days) -> None:
    later(1)
    made = at_once(sealing.seal_history, sealing.seal_history)
    assert sorted(type(one).__name__ for one in made) == ["NoneType", "Seal"]
    assert broken() == []
