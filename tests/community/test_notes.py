"""Notes are their author's alone, and what is set aside can be brought back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from fyrtaarn.community import actions
from fyrtaarn.community.models import Appointment, Note, SetAside
from fyrtaarn.community.reminders import remind_of_due
from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import Gone
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.personal_data import HOLDINGS
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.privacy.queries import addresses_of, rows_about
from tests.harness.logins import acting_as
from tests.harness.people import make_employee, make_user
from tests.harness.races import at_once

from .conftest import Place, make_place
from .test_views import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client, place: Place) -> Client:
    client.force_login(place.manager)
    return client


def told(**changes: Any) -> dict[str, Any]:
    note = {"title": "Yrsa fra cykelkælderen", "email": "", "phone": "", "text": "Ring i foråret.", "follow_up": None}
    return {**note, **changes}


def make_note(place: Place, **changes: Any) -> Note:
    return actions.write_note(place.manager, place.district, uuid4(), told(**changes))


def deputy_of(place: Place) -> Any:
    """A deputy who works on the board today, while the community manager is away."""
    deputy = make_employee(place.district.municipality, "community_manager", name="Dorte Deputy")
    Appointment.objects.create(district=place.district, user=deputy, deputy=True)
    today = clock.today()
    Appointment.objects.filter(pk=place.appointment.pk).update(away_from=today, away_until=today + timedelta(days=3))
    return deputy


def test_a_note_is_written_changed_settled_and_deleted(manager: Client, place: Place) -> None:
    notes = f"{place.board}noter/"
    assert "Du har ikke skrevet noget ned endnu" in shown(manager, notes)
    key, today = str(uuid4()), clock.today().isoformat()
    new = {"title": "Tom sal", "text": "Fri om tirsdagen", "follow_up": today, "draft_key": key}
    wrong = manager.post(f"{notes}ny/", {**new, "title": "", "email": "ingen adresse", "follow_up": "i morgen"})
    assert wrong.status_code == 422
    assert "Fri om tirsdagen" in wrong.content.decode(), "what was written stays"
    assert manager.post(f"{notes}ny/", new)["Location"] == notes
    assert manager.post(f"{notes}ny/", new)["Location"] == notes
    own = Note.objects.get()
    assert "Tom sal" in shown(manager, f"{notes}?soeg=tirsdagen")
    assert "Tom sal" not in shown(manager, f"{notes}?soeg=findes-ikke")
    assert "Tom sal" in shown(manager, place.board), "what is due stands on the board"
    assert "Tom sal" in shown(manager, "/min/overblik/")
    one = f"{notes}{own.pk}/"
    assert "Du ville følge op" in shown(manager, one)
    assert manager.post(f"{one}klaret/")["Location"] == place.board
    assert "Tom sal" not in shown(manager, place.board)
    own.refresh_from_db()
    changed = {"title": "Sal", "text": "Optaget", "version": own.version}
    assert manager.post(one, changed)["Location"] == notes
    overtaken = manager.post(one, {**changed, "text": "Fri igen"})
    assert overtaken.status_code == 422
    assert "Fri igen" in overtaken.content.decode()
    assert manager.post(f"{one}slet/")["Location"] == notes
    assert not Note.objects.exists()
    assert manager.get(one).status_code == 404


def test_nobody_else_reads_or_changes_a_note(client: Client, place: Place) -> None:
    note = make_note(place)
    one, deputy = f"{place.board}noter/{note.pk}/", deputy_of(place)
    successor: Any = make_employee(place.district.municipality, "municipality_administrator")
    for other, status in ((deputy, 404), (successor, 403)):
        client.force_login(other)
        assert client.get(one).status_code == status
        assert client.post(f"{one}slet/").status_code == status
        assert client.post(one, told(version=note.version, follow_up="")).status_code == status
    client.force_login(deputy)
    assert "Yrsa" not in shown(client, f"{place.board}noter/")
    for act in (
        lambda: actions.change_note(deputy, note, told(), note.version),
        lambda: actions.settle_note(deputy, note),
        lambda: actions.delete_note(deputy, note),
        lambda: actions.write_note(place.pair.editor, place.district, uuid4(), told()),
    ):
        with pytest.raises(Refused):
            act()
    assert Note.objects.get() == note


def test_the_database_keeps_notes_from_all_others(client: Client, place: Place) -> None:
    note, deputy = make_note(place), deputy_of(place)
    from fyrtaarn.foundation.separation import set_reader

    with acting_as(EMBEDDED_LOGINS["web"]):
        seen = {}
        for name, person in (("manager", place.manager), ("deputy", deputy), ("owner", place.pair.owner)):
            set_reader(person.pk)
            seen[name] = list(Note.objects.order_by("pk").values_list("pk", flat=True))
        set_reader(None)
    assert seen == {"manager": [note.pk], "deputy": [], "owner": []}


def test_who_is_noted_gets_a_copy_by_her_address(place: Place) -> None:
    noted: Any = make_user("Yrsa Kældermose")
    note = make_note(place, email=noted.email.upper())
    make_note(place, email="en.anden@example.dk")
    holding = HOLDINGS["community.note"]
    with acting_as(EMBEDDED_LOGINS["worker"]):
        assert list(rows_about(holding, noted, addresses_of(noted))) == [note]
        assert rows_about(holding, place.manager, addresses_of(place.manager)).count() == 2


def test_two_windows_do_not_overwrite_each_other(place: Place) -> None:
    note = make_note(place)
    actions.change_note(place.manager, note, told(text="Ét"), note.version)
    with pytest.raises(Conflict):
        actions.change_note(place.manager, note, told(text="To"), note.version)
    actions.delete_note(place.manager, note)
    with pytest.raises(Gone):
        actions.delete_note(place.manager, note)


def test_a_note_reminds_its_author_once_and_only_while_the_board_is_hers(place: Place) -> None:
    today = clock.today()
    make_note(place, follow_up=today)
    make_note(place, title="Senere", follow_up=today + timedelta(days=1))

    def morning() -> int:
        with acting_as(EMBEDDED_LOGINS["worker"]):
            return remind_of_due()

    assert [morning(), morning()] == [1, 0]
    notice = Notice.objects.get(recipient=place.manager)
    assert words_of(notice).title == "Time to follow up: Yrsa fra cykelkælderen"
    Note.objects.all().update(follow_up=today - timedelta(days=1))
    Appointment.objects.filter(pk=place.appointment.pk).update(starts=today - timedelta(days=9), ends=today)
    assert morning() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clicks_write_one_note_and_set_aside_once(kolding: Any) -> None:
    place, key = make_place(kolding), uuid4()
    pair = place.pair

    def write() -> Any:
        return actions.write_note(place.manager, place.district, key, told())

    def aside() -> Any:
        return actions.set_aside(place.manager, place.district, pair.sought, pair.offered)

    outcomes = at_once(write, write, aside, aside)
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert Note.objects.count() == SetAside.objects.count() == 1
