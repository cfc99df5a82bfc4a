"""Who has lost her role, or left an organisation, is told nothing more of its matters."""

from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.agreements import reminders
from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, OutgoingMail, Rhythm
from fyrtaarn.foundation.notices import write_digests
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.saved import save_search, tell_collected, tell_of
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.organisations import actions as organisation_actions
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people import actions as people_actions
from fyrtaarn.people.models import Role, User
from fyrtaarn.portal import actions as portal_actions
from fyrtaarn.portal.models import Challenge, Solution
from tests.harness.people import make_employee, make_user
from tests.portal.conftest import make_challenge

from .marked import OPEN, Place, make, make_place

EXPERIENCE = {"worked": "Meget", "did_not_work": "Lidt", "next_time": "Mere"}


def afresh(person: Any) -> Any:
    """The person as the next request reads her, with what she may today."""
    return User.objects.get(pk=person.pk)


def leave(place: Place, *people: Any) -> None:
    Role.objects.filter(user__in=people).update(ends=clock.today())
    Membership.objects.filter(user__in=people).update(ends=clock.today())


def happenings(place: Place, colleague: Any, owner: Any, draft: Challenge, invitation: Any) -> None:
    """All that a department and an organisation are told of, done by those who are still there."""
    meeting, agreement = Meeting.objects.get(), Agreement.objects.get()
    meeting_actions.write(owner, meeting, "Er I der endnu?")
    meeting_actions.write(colleague, meeting, "Ja, vi er.")
    agreement_actions.tell_status(owner, agreement, "on_track", "Det går godt")
    agreement_actions.tell_status(colleague, agreement, "on_track", "Enig")
    agreement_actions.plan_review(colleague, agreement, clock.today())
    reminders.remind_of_reviews()
    Agreement.objects.update(starts=clock.today() - timedelta(days=9), ends=clock.today())
    reminders.remind_of_ends()
    agreement_actions.complete(colleague, Agreement.objects.get(), EXPERIENCE)
    portal_actions.publish_challenge(colleague, draft)
    shared = make_challenge(afresh(place.staff["editor, other department"]), place.municipality, published=True)
    version = shared.version
    portal_actions.change_challenge(
        afresh(place.staff["community manager"]), shared, {"partners": [place.culture, place.social]}, version
    )
    Solution.objects.update(confirmed=clock.today() - timedelta(days=175))
    portal_actions.remind_of_solutions()
    sought = Challenge.objects.get(pk=meeting.sought.subject_id)
    portal_actions.end_challenge(colleague, sought, "close", "Vi lærte meget.")
    letter = organisation_actions.invite(owner, place.organisation, "ny@example.dk", "member")
    organisation_actions.accept_invitation(make_user("Ny Kollega", email="ny@example.dk"), letter.token)  # type: ignore[arg-type]
    organisation_actions.claim(make_user(), place.unclaimed, "Jeg er leder")  # type: ignore[arg-type]
    valid = {"criteria": {}, "note": "", "valid_to": clock.today() + timedelta(days=30)}
    administrator = afresh(place.staff["community manager"])
    organisation_actions.verify(administrator, place.municipality, place.organisation, valid)
    people_actions.accept(invitation, by=User.objects.get(email=invitation.email))
    for listing in Listing.objects.filter(ended=None).order_by("pk"):
        tell_of(listing.pk)


@pytest.mark.django_db
def test_who_has_left_is_told_nothing_more(kolding: Any) -> None:
    place = make_place(kolding, "ve")
    editor, owner, administrator = place.editor, place.owner, place.staff["municipality administrator"]
    manager = place.staff["community manager"]
    second: Any = make_employee(kolding, "community_manager", name="Ny Leder")
    make(place, [about for about in OPEN if about != "organisation"])
    make(place, ["dialogue"])
    make_user("Ida Inviteret", email="ida@example.dk")
    invitation = people_actions.invite("ida@example.dk", "reader", kolding, by=administrator)
    draft = make_challenge(editor, kolding, title="Internt", audience="municipality")
    save_search(editor, name="Alt internt")
    Membership.objects.filter(user=place.member).update(kind="owner")
    leavers = (editor, owner, administrator, manager)
    leave(place, *leavers)
    place.staff["community manager"] = second
    before = Notice.objects.count()
    happenings(place, afresh(place.staff["contact person"]), afresh(place.member), draft, invitation)
    assert Notice.objects.count() > before + 10, "too little happened to show anything"
    late = Notice.objects.order_by("pk")[before:]
    public = {"listings.fits"}  # what everybody may find is still told to her who searches for it
    told = [(notice.recipient.name, notice.kind, notice.params) for notice in late if notice.recipient in leavers]
    assert [one for one in told if one[1] not in public] == []
    assert all("Internt" not in str(params) for _name, _kind, params in told)


@pytest.mark.django_db
def test_collected_hits_are_told_to_those_who_still_may_see_them(kolding: Any) -> None:
    place = make_place(kolding, "ve")
    here, gone = place.staff["caseworker"], place.staff["buyer"]
    for person in (here, gone):
        save_search(person, name="Alt", rhythm=Rhythm.DAILY)
    make(place, ["internal challenge"])
    for listing in Listing.objects.filter(ended=None).order_by("pk"):
        tell_of(listing.pk)
    leave(place, gone)
    tell_collected(Rhythm.DAILY)
    write_digests()
    assert Notice.objects.filter(kind="listings.fits", recipient=here).exists()
    assert not Notice.objects.filter(kind="listings.fits", recipient=gone).exists()
    assert not OutgoingMail.objects.filter(recipient=gone.email).exists()
