"""Saved searches: a new listing meets each that it fits, once, and only for those who may see it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, Rhythm
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.listings import saved, upkeep
from fyrtaarn.listings.models import Audience, Listing, SavedSearch, SavedSearchHit, SearchTerm
from fyrtaarn.listings.saved import save_search, tell_collected, tell_of
from fyrtaarn.listings.weighing import fold_searches, weigh_new
from fyrtaarn.organisations.models import Membership
from tests.harness.people import make_employee, make_organisation, make_user

Make = Callable[..., Listing]
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Any:
    return make_user("Rikke Læser")


def offer(make_listing: Make, text: str = "Vi reparerer cykler sammen med unge.", **facts: Any) -> Listing:
    return make_listing("offer", "Cykelværkstedet", text, **facts)


def test_what_fits_is_told_once(reader: Any, make_listing: Make) -> None:
    save_search(reader, name="Cykler", kind="offer", question="reparation af cykler")
    save_search(reader, name="Suppe", kind="offer", question="suppekøkken")
    listing = offer(make_listing)
    assert tell_of(listing.pk) == 1
    assert tell_of(listing.pk) == 0
    offer(make_listing, "Vi reparerer mange cykler sammen med unge.", again=listing)
    assert tell_of(listing.pk) == 0
    notice = Notice.objects.get()
    assert (notice.recipient, notice.path) == (reader, listing.path)
    assert words_of(notice).title in ("Nyt til »Cykler«", "New for “Cykler”")
    assert "Cykelværkstedet" in words_of(notice).text


def test_filters_place_and_kind_rule_out(reader: Any, make_listing: Make, kolding: Any, koebenhavn: Any) -> None:
    fitting = [
        save_search(reader, name="alt"),
        save_search(reader, name="her", municipality=kolding),
        save_search(reader, name="stadie", kind="offer", selection={"stage": ("proven", "tried")}),
    ]
    save_search(reader, name="dér", municipality=koebenhavn)
    save_search(reader, name="ønsker", kind="wish")
    save_search(reader, name="idéer", kind="offer", selection={"stage": ("idea",)})
    tell_of(offer(make_listing, stage="proven").pk)
    told = SavedSearchHit.objects.order_by("search").values_list("search", flat=True)
    assert list(told) == [search.pk for search in fitting]


def test_delivered_everywhere_fits_every_place(reader: Any, make_listing: Make, koebenhavn: Any) -> None:
    save_search(reader, name="København", municipality=koebenhavn)
    assert tell_of(offer(make_listing, delivers_everywhere=True).pk) == 1


def test_what_was_there_before_is_not_new(reader: Any, make_listing: Make) -> None:
    listing = offer(make_listing, published=clock.now() - timedelta(days=1))
    save_search(reader, name="Cykler", question="cykler")
    assert tell_of(listing.pk) == 0


def test_internal_listings_are_told_to_employees_alone(reader: Any, make_listing: Make, kolding: Any) -> None:
    employee: Any = make_employee(kolding, "community_manager")
    for person in (reader, employee):
        save_search(person, name="Cykler", question="cykler")
    tell_of(offer(make_listing, audience=Audience.MUNICIPALITY).pk)
    assert [notice.recipient for notice in Notice.objects.all()] == [employee]


def test_nobody_is_told_of_her_own(reader: Any, make_listing: Make, kolding: Any) -> None:
    organisation: Any = make_organisation(kolding, owner=reader)
    save_search(reader, name="Cykler", question="cykler")
    assert tell_of(offer(make_listing, organisation=organisation).pk) == 0
    Membership.objects.update(ends=clock.today())
    assert tell_of(offer(make_listing, organisation=organisation).pk) == 1


def test_collected_rhythms_are_told_together(reader: Any, make_listing: Make) -> None:
    save_search(reader, name="Cykler", question="cykler", rhythm=Rhythm.DAILY)
    save_search(reader, name="Kun her", question="cykler", rhythm=Rhythm.NONE)
    for _ in range(3):
        tell_of(offer(make_listing).pk)
    assert not Notice.objects.exists()
    assert tell_collected(Rhythm.WEEKLY) == 0
    assert tell_collected(Rhythm.DAILY) == 1
    assert tell_collected(Rhythm.DAILY) == 0
    assert len(Notice.objects.get().params["listings"]) == 3


def test_there_is_room_for_so_many(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_SEARCHES", 2)
    for _ in range(2):
        save_search(reader, name="x")
    with pytest.raises(ValidationError):
        save_search(reader, name="x")


@pytest.mark.django_db(transaction=True)
def test_publishing_defers_one_job_that_tells(reader: Any, make_listing: Make) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    listing = offer(make_listing)
    jobs = ProcrastinateJob.objects.filter(task_name="listings.tell_saved_searches", args={"listing_id": listing.pk})
    assert jobs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_tell_once(reader: Any, make_listing: Make) -> None:
    for number in range(5):
        save_search(reader, name=f"Cykler {number}", question="cykler")
    listing = offer(make_listing)

    def work(_: int) -> int:
        close_old_connections()
        try:
            return tell_of(listing.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 5
    assert Notice.objects.count() == SavedSearchHit.objects.count() == 5


def test_a_telling_that_is_broken_off_is_made_up_for(
    reader: Any, make_listing: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_search(reader, name="Cykler", question="cykler")
    listing = offer(make_listing)
    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(saved, "_tell", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tell_of(listing.pk)
    assert not SavedSearchHit.objects.exists()
    assert tell_of(listing.pk) == 1
    assert Notice.objects.count() == 1


def test_a_rebuild_renews_what_saved_questions_are_found_by(reader: Any, make_listing: Make) -> None:
    save_search(reader, name="Cykler", question="cykler")
    weigh_new()
    fold_searches()
    assert upkeep.wrong_searches() == []
    for damaged, damage in ((SavedSearch, {"terms": b"", "shares": b""}), (SearchTerm, {"shares": b"\0\1"})):
        damaged.objects.update(**damage)
        assert upkeep.wrong_searches()
        list(upkeep.rebuild())
        assert upkeep.wrong_searches() == []
        assert tell_of(offer(make_listing).pk) == 1
