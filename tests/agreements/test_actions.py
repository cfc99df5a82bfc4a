"""Writing an agreement together, saying yes, following it, changing it, closing it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fyrtaarn.agreements import actions, rules
from fyrtaarn.agreements.models import Acceptance, Agreement, Review, Wording
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.people.models import User
from tests.harness.people import make_department, make_employee, make_organisation, make_user
from tests.meetings.conftest import Pair

from .conftest import (
    EXPERIENCE,
    make_active,
    make_draft,
    make_free_draft,
    make_meeting,
    make_proposed,
    terms,
)

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[str]:
    return {notice.recipient.name for notice in Notice.objects.filter(kind=kind).select_related("recipient")}


def test_a_draft_from_a_dialogue_knows_its_parties_and_contacts(pair: Pair) -> None:
    agreement = make_draft(pair)
    assert [(str(p), p.contact.name) for p in rules.parties_of(agreement)] == [
        ("Socialforvaltningen", "Eva Redaktør"),
        ("Eksempelværkstedet", "Olga Ejer"),
    ]
    assert (agreement.municipality, agreement.sought, agreement.offered) == (
        pair.municipality,
        pair.sought,
        pair.offered,
    )


def test_two_who_begin_get_the_same_draft(pair: Pair) -> None:
    meeting = make_meeting(pair)
    first = actions.begin_from(pair.editor, meeting, terms())
    assert actions.begin_from(pair.owner, meeting, terms(title="En anden")) == first
    assert Agreement.objects.get().title == first.title


def test_a_double_click_begins_one_draft(pair: Pair) -> None:
    key = uuid.uuid4()
    first = actions.begin(pair.editor, pair.department, key, terms())
    assert actions.begin(pair.editor, pair.department, key, terms()) == first
    assert first.parties.count() == 1


def test_nobody_begins_for_others(pair: Pair) -> None:
    with pytest.raises(Refused):
        actions.begin(pair.editor, pair.organisation, uuid.uuid4(), terms())
    with pytest.raises(Refused):
        actions.begin_from(pair.stranger, make_meeting(pair), terms())


def test_all_parties_write_on_a_draft_and_the_second_is_told(pair: Pair) -> None:
    draft = make_draft(pair)
    actions.change_draft(pair.owner, draft, terms(goal="Otte unge."), draft.version)
    with pytest.raises(Conflict) as conflict:
        actions.change_draft(pair.editor, draft, terms(goal="Ti unge."), draft.version)
    assert conflict.value.current.goal == "Otte unge."
    assert Agreement.objects.get().goal == "Otte unge."


def test_nobody_proposes_what_she_has_not_read(pair: Pair) -> None:
    draft = make_draft(pair)
    actions.change_draft(pair.owner, draft, terms(goal="Otte unge."), draft.version)
    with pytest.raises(Conflict):
        actions.propose(pair.editor, draft, draft.version)
    assert Agreement.objects.get().state == "draft"


def test_a_new_party_counts_as_a_change(pair: Pair) -> None:
    draft = make_draft(pair)
    actions.add_party(pair.owner, draft, make_department(pair.municipality, "Teknikforvaltningen"))
    with pytest.raises(Conflict):
        actions.propose(pair.editor, draft, draft.version)


def test_proposing_is_the_proposers_yes_and_the_others_are_told(pair: Pair) -> None:
    wording = make_proposed(pair)
    assert (wording.number, wording.state, wording.agreement.state) == (1, "proposed", "proposed")
    assert [str(a.party) for a in wording.acceptances.all()] == ["Socialforvaltningen"]
    assert told("agreements.proposed") == {"Olga Ejer"}


def test_the_last_yes_puts_it_into_force_and_the_dialogue_follows(pair: Pair) -> None:
    agreement = make_active(pair)
    assert agreement.state == "active"
    assert Wording.objects.get().state == "in_force"
    assert Meeting.objects.get().state == "agreed"
    assert told("agreements.in_force") == {"Eva Redaktør"}
    assert [s.name for s in steps_of(agreement)] == ["begin", "propose", "activate"]


def test_three_parties_must_all_say_yes(pair: Pair) -> None:
    draft = make_draft(pair)
    other = make_department(pair.municipality, "Teknikforvaltningen")
    third = make_employee(pair.municipality, "contact_person", other, name="Tove Teknik")
    actions.add_party(pair.editor, draft, other)
    draft.refresh_from_db()
    wording = actions.propose(pair.editor, draft, draft.version)
    assert actions.accept(pair.owner, wording).state == "proposed"
    assert actions.accept(third, wording).state == "active"
    assert {p.contact.name for p in draft.parties.all()} == {"Eva Redaktør", "Olga Ejer", "Tove Teknik"}


def test_nobody_says_yes_twice_or_for_two(pair: Pair) -> None:
    wording = make_proposed(pair)
    with pytest.raises(Refused):
        actions.accept(pair.editor, wording)
    with pytest.raises(Refused):
        actions.accept(pair.colleague, wording)  # the department has said yes
    assert Acceptance.objects.count() == 1


def test_one_person_does_not_agree_with_herself(pair: Pair) -> None:
    from fyrtaarn.organisations.models import Membership

    wording = make_proposed(pair)
    Membership.objects.create(user=pair.editor, organisation=pair.organisation, kind="member")
    department, organisation = rules.parties_of(wording.agreement)
    actions.set_contact(pair.owner, organisation, pair.editor)
    actions.set_contact(pair.colleague, department, pair.colleague)
    both = User.objects.get(pk=pair.editor.pk)
    with pytest.raises(Refused) as refusal:
        actions.accept(both, Wording.objects.get())
    assert refusal.value.reason == rules.COLLEAGUE_MUST
    assert Agreement.objects.get().state == "proposed"


def test_a_no_says_why_and_gives_the_draft_back(pair: Pair) -> None:
    wording = make_proposed(pair)
    with pytest.raises(ReasonMissing):
        actions.decline(pair.owner, wording, " ")
    agreement = actions.decline(pair.owner, wording, "Vi kan kun tage fire.")
    wording.refresh_from_db()
    assert (agreement.state, wording.state, wording.refusal) == ("draft", "declined", "Vi kan kun tage fire.")
    assert told("agreements.declined") == {"Eva Redaktør"}
    agreement = actions.change_draft(pair.owner, agreement, terms(goal="Fire unge."), agreement.version)
    again = actions.propose(pair.owner, agreement, agreement.version)
    assert again.number == 2
    with pytest.raises(Refused):
        actions.accept(pair.editor, wording)  # an answer to the old page does not hold for the new text
    assert actions.accept(pair.editor, again).goal == "Fire unge."


def test_only_the_proposer_takes_back(pair: Pair) -> None:
    wording = make_proposed(pair)
    with pytest.raises(Refused):
        actions.take_back(pair.owner, wording)
    with pytest.raises(Refused):
        actions.decline(pair.colleague, wording, "Nej.")
    assert actions.take_back(pair.colleague, wording).state == "draft"


@pytest.mark.parametrize("lacking", [{"starts": None, "ends": None}, {"goal": " "}, {"title": ""}])
def test_half_a_draft_is_not_proposed(pair: Pair, lacking: dict[str, Any]) -> None:
    draft = make_draft(pair, **lacking)
    with pytest.raises(Refused):
        actions.propose(pair.editor, draft, draft.version)


def test_a_party_that_nobody_can_speak_for_is_not_asked(pair: Pair) -> None:
    draft = make_draft(pair)
    actions.add_party(pair.editor, draft, make_organisation(pair.municipality, "Tomt Hus"))
    draft.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        actions.propose(pair.editor, draft, draft.version)
    assert "Tomt Hus" in str(refusal.value.reason)


def test_those_who_met_and_oneself_cannot_be_taken_out(pair: Pair) -> None:
    draft = make_draft(pair)
    added = actions.add_party(pair.editor, draft, make_department(pair.municipality, "Teknikforvaltningen"))
    for party in draft.parties.exclude(pk=added.pk):
        with pytest.raises(Refused):
            actions.remove_party(pair.editor, party)
    actions.remove_party(pair.editor, added)
    assert draft.parties.count() == 2


def test_a_free_draft_belongs_where_its_first_department_does(pair: Pair, koebenhavn: Any) -> None:
    draft = actions.begin(pair.owner, pair.organisation, uuid.uuid4(), terms())
    actions.add_party(pair.owner, draft, make_department(koebenhavn, "Beskæftigelse"))
    draft.refresh_from_db()
    assert draft.municipality == koebenhavn
    assert make_free_draft(pair).municipality == pair.municipality


def test_a_change_comes_into_force_when_all_say_yes_and_both_texts_stay(pair: Pair) -> None:
    agreement = make_active(pair)
    change = actions.propose_change(
        pair.owner, agreement, terms(goal="Otte unge."), "Vi har fået mere plads.", agreement.version
    )
    assert Agreement.objects.get().goal == "Seks unge kommer i gang."
    agreement = actions.accept(pair.colleague, change)
    assert (agreement.state, agreement.goal) == ("active", "Otte unge.")
    assert [(w.number, w.state, w.goal) for w in agreement.wordings.all()] == [
        (1, "replaced", "Seks unge kommer i gang."),
        (2, "in_force", "Otte unge."),
    ]


def test_a_declined_change_changes_nothing(pair: Pair) -> None:
    agreement = make_active(pair)
    change = actions.propose_change(pair.owner, agreement, terms(goal="Otte."), "Mere plads.", agreement.version)
    with pytest.raises(Refused):
        actions.propose_change(pair.editor, agreement, terms(goal="Ni."), "Endnu mere.", agreement.version)
    agreement = actions.decline(pair.editor, change, "Ikke i år.")
    assert (agreement.state, agreement.goal) == ("active", "Seks unge kommer i gang.")
    assert Wording.objects.filter(state="in_force").get().number == 1


def test_a_change_without_a_change_or_a_reason_is_refused(pair: Pair) -> None:
    agreement = make_active(pair)
    same = {name: getattr(agreement, name) for name in ("title", "goal", "promised_effect", "starts", "ends", "public")}
    with pytest.raises(Refused):
        actions.propose_change(pair.owner, agreement, same, "Bare fordi.", agreement.version)
    with pytest.raises(ReasonMissing):
        actions.propose_change(pair.owner, agreement, terms(goal="Otte."), " ", agreement.version)


def test_a_change_to_other_terms_than_one_has_read_is_refused(pair: Pair) -> None:
    agreement = make_active(pair)
    seen = agreement.version
    change = actions.propose_change(pair.owner, agreement, terms(goal="Otte."), "Mere plads.", seen)
    actions.accept(pair.editor, change)
    with pytest.raises(Conflict):
        actions.propose_change(pair.editor, agreement, terms(goal="Ni."), "Endnu mere.", seen)


@pytest.mark.parametrize(("step", "state"), [(actions.complete, "completed"), (actions.end, "ended")])
def test_closing_takes_all_three_experiences(pair: Pair, step: Any, state: str) -> None:
    agreement = make_active(pair)
    for name in EXPERIENCE:
        with pytest.raises(ReasonMissing):
            step(pair.owner, agreement, {**EXPERIENCE, name: " "})
    change = actions.propose_change(pair.owner, agreement, terms(goal="Otte."), "Mere plads.", agreement.version)
    agreement = step(pair.editor, agreement, EXPERIENCE)
    change.refresh_from_db()
    assert (agreement.state, agreement.closed, change.state) == (state, clock.today(), "withdrawn")
    assert Meeting.objects.get().state == "open"
    assert told("agreements.closed") == {"Olga Ejer"}


def test_a_dropped_draft_can_be_taken_up_unless_another_came(pair: Pair) -> None:
    draft = actions.drop(pair.owner, make_draft(pair))
    other = actions.begin_from(pair.editor, draft.meeting, terms(title="Nyt forsøg"))
    assert other != draft
    with pytest.raises(Refused):
        actions.resume(pair.owner, draft)
    actions.drop(pair.owner, other)
    assert actions.resume(pair.editor, draft).state == "draft"


def test_one_party_is_enough_to_hide(pair: Pair) -> None:
    agreement = make_active(pair)
    assert rules.may_see(pair.stranger, agreement)
    agreement = actions.hide(pair.owner, agreement)
    assert not rules.may_see(pair.stranger, agreement)


def test_status_and_reviews_reach_the_other_party(pair: Pair) -> None:
    agreement = make_active(pair)
    actions.tell_status(pair.owner, agreement, "attention", "Vi mangler en bil.")
    assert told("agreements.status") == {"Eva Redaktør"}
    review = actions.plan_review(pair.editor, agreement, clock.today() + timedelta(days=30), "Er vi på vej?")
    assert actions.plan_review(pair.owner, agreement, review.due) == review
    held = actions.hold_review(pair.editor, review, "on_track", "Fem er begyndt.")
    assert (held.held, held.held_by, held.question) == (clock.today(), pair.editor, "Er vi på vej?")
    with pytest.raises(WrongState):
        actions.hold_review(pair.owner, review, "on_track", "Igen.")
    with pytest.raises(WrongState):
        actions.cancel_review(pair.owner, review)


def test_a_review_is_planned_ahead_and_can_be_taken_off(pair: Pair) -> None:
    draft = make_draft(pair)
    with pytest.raises(ValidationError):
        actions.plan_review(pair.owner, draft, clock.today() - timedelta(days=1))
    actions.cancel_review(pair.owner, actions.plan_review(pair.editor, draft, clock.today()))
    assert not Review.objects.exists()


def test_each_party_names_its_own_contact_among_its_own(pair: Pair) -> None:
    agreement = make_active(pair)
    department, organisation = rules.parties_of(agreement)
    actions.set_contact(pair.member, organisation, pair.member)
    with pytest.raises(Refused):
        actions.set_contact(pair.member, department, pair.colleague)
    with pytest.raises(Refused):
        actions.set_contact(pair.editor, department, make_user("Udefra"))
    assert [p.contact.name for p in agreement.parties.select_related("contact")] == ["Eva Redaktør", "Mads Medlem"]


def test_a_caseworker_named_as_contact_speaks_for_the_department(pair: Pair) -> None:
    agreement = make_active(pair)
    caseworker = make_employee(pair.municipality, "caseworker", name="Sanne Sag")
    assert not rules.may_see_inside(caseworker, agreement)
    actions.set_contact(pair.editor, rules.parties_of(agreement)[0], caseworker)
    assert rules.may_act(caseworker, Agreement.objects.get())


def test_strangers_and_administrators_do_nothing(pair: Pair) -> None:
    agreement = make_active(pair, public=False)
    review = actions.plan_review(pair.editor, agreement, clock.today())
    administrator = make_employee(pair.municipality, "municipality_administrator")
    for person in (pair.stranger, administrator):
        assert not rules.may_see(person, agreement)
        for act in (
            lambda: actions.propose_change(person, agreement, terms(), "Nu.", agreement.version),  # noqa: B023
            lambda: actions.complete(person, agreement, EXPERIENCE),  # noqa: B023
            lambda: actions.tell_status(person, agreement, "on_track", "Godt."),  # noqa: B023
            lambda: actions.plan_review(person, agreement, clock.today()),  # noqa: B023
            lambda: actions.hold_review(person, review, "on_track", "Godt."),  # noqa: B023
            lambda: actions.cancel_review(person, review),  # noqa: B023
        ):
            with pytest.raises(Refused):
                act()
