"""What a community manager does with an introduction. Every write locks the introduction first."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.agreements.rules import is_public
from fyrtaarn.areas.models import Department, District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import ReasonMissing, log_step
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import OPEN_STATES, Asking, AskingLetter, IntroducedParty, Introduction, Outcome
from ..models.introductions import new_token
from ..rules import PartyOf
from ..states import INTRODUCTION_STATES

ANSWER_DAYS = 28
FOLLOW_UP = timedelta(days=14)


@transaction.atomic
def begin(
    user: User,
    district: District,
    draft_key: UUID,
    title: str,
    *,
    sought: Listing | None = None,
    offered: Listing | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Introduction:
    """Begin a draft: empty, or of what is sought and what is offered, with a reason for each ("sought", "offered").

    The same `draft_key` twice (a double click) gives the same draft, and a pair that is being introduced already gives
    that introduction. Raises Refused.
    """
    require(rules.may_work_on(user, district))
    hold(District.objects.all(), district.pk)  # two who begin with a pair begin once
    if sought is not None and offered is not None:
        known = Introduction.objects.filter(
            district=district, sought=sought, offered=offered, state__in=OPEN_STATES
        ).first()
        if known is not None:
            return known
    introduction, new = Introduction.objects.get_or_create(
        draft_key=draft_key,
        defaults={
            "district": district, "title": title, "sought": sought, "offered": offered, "created_by": user,
        },
    )  # fmt: skip
    if not new:
        require(rules.may_handle(user, introduction))
        return introduction
    log_step(introduction, "begin", "", introduction.state, by=user)
    for side, listing in (("sought", sought), ("offered", offered)):
        if listing is not None:
            _add(introduction, owner_of(listing), (reasons or {}).get(side, ""))
    return introduction


def owner_of(listing: Listing) -> Department | Organisation:
    """Whose the listing is: the organisation, or the department that leads."""
    return listing.organisation or Department.objects.get(pk=listing.departments[0])


@transaction.atomic
def rename(user: User, introduction: Introduction, title: str) -> Introduction:
    """Say in other words what it is about."""
    current = _changeable(user, introduction)
    current.title = title
    current.save(update_fields=["title"])
    return current


@transaction.atomic
def add_party(user: User, introduction: Introduction, party: PartyOf, reason: str) -> IntroducedParty:
    """Add somebody to a draft; one who is there already stays as she is. Raises Refused."""
    current = _changeable(user, introduction)
    if current.parties.count() >= rules.MOST_PARTIES:
        raise Refused(_("Five at most. Larger meetings are better planned as an event."))
    if not rules.voices(party):
        raise Refused(_("Nobody uses Fyrtårn for %(party)s yet. Talk to them yourself first.") % {"party": party})
    return _add(current, party, reason)


@transaction.atomic
def remove_party(user: User, party: IntroducedParty) -> None:
    """Take a party out of a draft."""
    current = _changeable(user, party.introduction)
    owners = [owner_of(listing) for listing in (current.sought, current.offered) if listing is not None]
    if (party.department or party.organisation) in owners:
        current.sought = current.offered = None  # it is no longer of that pair
        current.save(update_fields=["sought", "offered"])
    party.delete()


@transaction.atomic
def write_reason(user: User, asking: Asking, reason: str) -> Asking:
    """Say to one party of a draft why."""
    _changeable(user, asking.introduction)
    asking.reason = reason
    asking.save(update_fields=["reason"])
    return asking


@transaction.atomic
def discard(user: User, introduction: Introduction) -> None:
    """Delete a draft that nobody has seen."""
    current = _locked(introduction)
    require(rules.may_discard(user, current))
    log_step(current, "discard", current.state, "", by=user)
    current.delete()


@transaction.atomic
def send(user: User, introduction: Introduction) -> Introduction:
    """Ask each party; everybody who speaks for one gets a letter of her own. Raises Refused."""
    current = _locked(introduction)
    current.proposed, current.expires = clock.now(), clock.today() + timedelta(days=ANSWER_DAYS)
    current.save(update_fields=["proposed", "expires"])
    current = _whole(INTRODUCTION_STATES.perform("send", current, by=user))
    for asking in current.askings.select_related("party__department", "party__organisation", "party__person"):
        for letter in _write_letters(asking):
            notices.tell_asked(letter, current)
    return current


def _write_letters(asking: Asking) -> list[AskingLetter]:
    """New letters, which nobody but those to whom they are written can read; an errand for that reason."""
    letters = [AskingLetter(asking=asking, person=one, token=new_token()) for one in rules.voices_of(asking.party)]
    _errand(
        "SELECT errand.write_asking_letters(%s, %s::bigint[], %s::text[])",
        [asking.pk, [one.person_id for one in letters], [one.token for one in letters]],
    )
    return letters


@transaction.atomic
def meet(user: User, introduction: Introduction, on: date) -> Introduction:
    """Note when they met; not before they all had said yes. Raises Refused."""
    current = _locked(introduction)
    if on > clock.today():
        raise Refused(_("Choose today or an earlier day."))
    current.met_on, current.follow_up = on, clock.today() + FOLLOW_UP
    current.save(update_fields=["met_on", "follow_up"])
    return INTRODUCTION_STATES.perform("meet", current, by=user)


@transaction.atomic
def conclude(
    user: User,
    introduction: Introduction,
    outcome: str,
    words: str,
    *,
    agreement: Agreement | None = None,
    follow_up: date | None = None,
) -> Introduction:
    """Note what came of it. Raises Refused, or ReasonMissing without words."""
    if not words.strip():
        raise ReasonMissing
    if agreement is not None and not is_public(agreement):
        raise Refused(_("Only an agreement that everybody may see can be shown here."))
    current = _locked(introduction)
    current.outcome, current.outcome_words = Outcome(outcome), words.strip()
    current.agreement = agreement if outcome == Outcome.AGREEMENT else None
    current.follow_up, current.closed = follow_up, clock.now()
    current.save(update_fields=["outcome", "outcome_words", "agreement", "follow_up", "closed"])
    return INTRODUCTION_STATES.perform("conclude", current, by=user)


@transaction.atomic
def go_on(user: User, introduction: Introduction) -> Introduction:
    """Take up again what was finished, as something new has come of it."""
    current = INTRODUCTION_STATES.perform("go_on", _locked(introduction), by=user)
    current.outcome, current.outcome_words, current.agreement, current.closed = "", "", None, None
    current.follow_up = clock.today() + FOLLOW_UP
    current.save(update_fields=["outcome", "outcome_words", "agreement", "closed", "follow_up"])
    return current


@transaction.atomic
def withdraw(user: User, introduction: Introduction) -> Introduction:
    """Close what did not come about, and tell the parties that it is closed, whatever the cause."""
    current = _locked(introduction)
    was_sent = current.state != "draft"
    current.closed, current.follow_up = clock.now(), None
    current.save(update_fields=["closed", "follow_up"])
    current = _whole(INTRODUCTION_STATES.perform("withdraw", current, by=user))
    if was_sent:
        notices.tell_closed(current)
    return current


@transaction.atomic
def restore(user: User, introduction: Introduction) -> Introduction:
    """Make a draft again of what was closed: what was answered is no longer an answer, and old letters are worthless."""
    current = INTRODUCTION_STATES.perform("restore", _locked(introduction), by=user)
    current.closed, current.accepted, current.follow_up, current.met_on = None, None, None, None
    current.save(update_fields=["closed", "accepted", "follow_up", "met_on"])
    current.askings.order_by().update(answer="", answered=None, answered_by=None, shares_contact=False)
    _errand("SELECT errand.burn_asking_letters(%s)", [current.pk])
    return current


@transaction.atomic
def set_follow_up(user: User, introduction: Introduction, on: date | None) -> Introduction:
    """Be reminded on another day, or not at all."""
    current = _locked(introduction)
    require(rules.may_handle(user, current))
    current.follow_up = on
    current.save(update_fields=["follow_up"])
    return current


def _changeable(user: User, introduction: Introduction) -> Introduction:
    current = _locked(introduction)
    require(rules.may_change(user, current))
    return current


def _locked(introduction: Introduction) -> Introduction:
    return _whole(introduction, lock=True)


def _whole(introduction: Introduction, *, lock: bool = False) -> Introduction:
    whole = Introduction.objects.select_related("district__municipality")
    return hold(whole, introduction.pk) if lock else whole.get(pk=introduction.pk)


def _add(introduction: Introduction, party: PartyOf, reason: str) -> IntroducedParty:
    part = {Department: "department", Organisation: "organisation", User: "person"}[type(party)]
    named: dict[str, Any] = {part: party}
    added, new = IntroducedParty.objects.get_or_create(introduction=introduction, **named)
    if new:
        Asking.objects.create(introduction=introduction, party=added, reason=reason)
    return added


def _errand(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
