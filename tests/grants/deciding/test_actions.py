"""Decisions: drafted, heard, said yes to by the right persons, told by letter, complained of and decided anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from fyrtaarn.applications import actions as application_actions
from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.grants import aid, register
from fyrtaarn.grants.deciding import actions, complaints, hearings, queries, rules
from fyrtaarn.grants.models import AidAward, Complaint, Decision, Grant, Hearing
from fyrtaarn.ledger.queries import totals
from fyrtaarn.ledger.rules import NotEnough
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.pools.models import Pool, PoolDuty, PoolRules
from tests.harness.people import make_employee, make_user

from .conftest import Matter, decided, drafted, proposed, words

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"grants.{kind}").values_list("recipient__name", flat=True))


def test_a_refusal_is_drafted_heard_decided_and_told(matter: Matter) -> None:
    decision = drafted(matter, outcome="refused", oere=0)
    with pytest.raises(ValidationError):
        hearings.hear(matter.manager, decision, "I har gæld.", clock.today() + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        hearings.hear(matter.manager, decision, " ", clock.today() + timedelta(days=9))
    hearing = hearings.hear(matter.manager, decision, "I har gæld.", clock.today() + timedelta(days=9))
    assert told("hearing") == {"Olga Ejer"}
    with pytest.raises(Refused):
        actions.propose(matter.manager, decision)
    with pytest.raises(Refused):
        hearings.answer(matter.manager, hearing, "Nej")
    hearings.answer(matter.owner, hearing, "Gælden er betalt.")
    with pytest.raises(Refused):
        hearings.answer(matter.owner, hearing, "En gang til")
    hearings.tell_heard(hearing.pk)
    assert told("heard") == {"Frida Fond"}
    actions.propose(matter.manager, decision)
    assert told("proposed") == {"Dorte Direktør", "Bo Beslutter"}
    done = actions.say_yes(matter.decider, Decision.objects.get(pk=decision.pk), 1)
    matter.application.refresh_from_db()
    assert (done.state, matter.application.state) == ("decided", "refused")
    assert done.letter is not None
    assert told("decided") == {"Olga Ejer"}
    assert not Grant.objects.exists()


def test_an_unanswered_hearing_ends_with_its_day_and_is_reminded_of_once(matter: Matter) -> None:
    decision = drafted(matter, outcome="refused", oere=0)
    hearing = hearings.hear(matter.manager, decision, "I har gæld.", clock.today() + timedelta(days=9))
    assert hearings.remind_of_hearings() == 0
    Hearing.objects.update(due=clock.today() + timedelta(days=2))
    assert (hearings.remind_of_hearings(), hearings.remind_of_hearings()) == (1, 0)
    Hearing.objects.update(due=clock.today() - timedelta(days=1))
    hearing.refresh_from_db()
    with pytest.raises(Refused):
        hearings.answer(matter.owner, hearing, "For sent")
    assert actions.propose(matter.manager, decision).state == "proposed"


def test_money_is_committed_with_the_last_yes_and_not_before(matter: Matter) -> None:
    Pool.objects.update(two_from=1_000_00)
    decision = proposed(matter, outcome="in_part", oere=500_000_00)
    assert decision.second_needed
    with pytest.raises(Refused):
        actions.say_yes(matter.manager, decision, decision.version)
    actions.say_yes(matter.decider, decision, decision.version)
    assert totals(matter.pool.book)["grant"] == 0
    with pytest.raises(Refused):
        actions.say_yes(matter.decider, decision, decision.version)
    done = actions.say_yes(matter.other_decider, decision, decision.version)
    assert (done.state, totals(matter.pool.book)["grant"]) == ("decided", 500_000_00)
    assert Grant.objects.get().oere == 500_000_00


def test_she_who_drafted_gives_no_yes_where_two_are_needed(matter: Matter) -> None:
    PoolDuty.objects.create(pool=matter.pool, user=matter.manager, duty="decider")
    Pool.objects.update(two_from=1_000_00)
    decision = proposed(matter)
    with pytest.raises(Refused):
        actions.say_yes(matter.manager, decision, decision.version)
    Pool.objects.update(two_from=None)
    again = actions.propose(matter.manager, actions.take_back(matter.decider, decision, "Se på vilkårene."))
    assert actions.say_yes(matter.manager, again, again.version).state == "decided"


def test_nobody_decides_for_her_own_or_with_a_conflict(matter: Matter) -> None:
    decision = proposed(matter)
    Membership.objects.create(user=matter.decider, organisation=matter.organisation, kind="member")
    stranger: Any = make_employee(matter.municipality, "department_lead", matter.department, name="Sara Fremmed")
    for person in (matter.decider, stranger, matter.owner, make_user("Hvem")):
        with pytest.raises(Refused):
            actions.say_yes(person, decision, decision.version)
    with pytest.raises(Refused):
        actions.take_back(matter.decider, decision, "Nej")
    assert not decision.yeses.exists()


def test_what_is_said_yes_to_is_what_was_read(matter: Matter) -> None:
    decision = proposed(matter)
    seen = decision.version
    back = actions.take_back(matter.manager, decision, "En fejl.")
    changed = actions.change(matter.manager, back, words(oere=1_000_00, outcome="in_part"), back.version)
    actions.propose(matter.manager, changed)
    with pytest.raises(Conflict):
        actions.say_yes(matter.decider, changed, seen)
    with pytest.raises(Conflict):
        actions.change(matter.manager, changed, words(), seen)
    with pytest.raises(WrongState):
        actions.change(matter.manager, changed, words(), changed.version)


def test_amounts_fit_what_is_decided(matter: Matter) -> None:
    asked = matter.application.asked
    for outcome, oere in (("granted", asked - 1), ("in_part", asked), ("in_part", 0), ("refused", 1)):
        with pytest.raises(ValidationError):
            drafted(matter, outcome=outcome, oere=oere)
    drafted(matter)
    with pytest.raises(Refused):
        drafted(matter)
    assert Decision.objects.count() == 1


def test_a_pool_without_money_decides_nothing(matter: Matter) -> None:
    decision = proposed(matter, outcome="granted", oere=matter.application.asked)
    matter.spend(totals(matter.pool.book)["free"] - 100)
    with pytest.raises(NotEnough):
        actions.say_yes(matter.decider, decision, decision.version)
    decision.refresh_from_db()
    matter.application.refresh_from_db()
    assert (decision.state, matter.application.state, decision.yeses.count()) == ("proposed", "sent", 0)


def test_a_complaint_is_answered_by_somebody_who_had_no_part(matter: Matter) -> None:
    decision = decided(matter, outcome="refused", oere=0)
    with pytest.raises(Refused):
        complaints.complain(matter.manager, decision, "Forkert")
    complaint = complaints.complain(matter.owner, decision, "I har ikke læst bilaget.")
    with pytest.raises(Refused):
        complaints.complain(matter.owner, decision, "Igen")
    complaints.tell_received(complaint.pk)
    assert told("complaint") == {"Bo Beslutter"}
    for person in (matter.manager, matter.decider, matter.owner):
        with pytest.raises(Refused):
            complaints.answer(person, complaint, "Nej", right=False)
    with pytest.raises(ReasonMissing):
        complaints.answer(matter.other_decider, complaint, " ", right=False)
    kept = complaints.answer(matter.other_decider, complaint, "Bilaget ændrer ikke noget.", right=False)
    assert (kept.state, told("complaint_answered")) == ("kept", {"Olga Ejer"})
    with pytest.raises(WrongState):
        complaints.answer(matter.other_decider, complaint, "Alligevel", right=True)


def test_who_was_right_is_decided_anew_and_the_money_is_free_again(matter: Matter) -> None:
    free = totals(matter.pool.book)["free"]
    decision = decided(matter, outcome="in_part", oere=1_000_00)
    complaint = complaints.complain(matter.owner, decision, "Vi skulle have det hele.")
    complaints.answer(matter.other_decider, complaint, "Det har I ret i.", right=True)
    decision.refresh_from_db()
    matter.application.refresh_from_db()
    assert (decision.state, matter.application.state) == ("reversed", "sent")
    assert totals(matter.pool.book)["free"] == free
    again = decided(matter, outcome="granted", oere=matter.application.asked)
    assert again.grant.oere == matter.application.asked


def test_aid_of_a_decision_that_fell_is_kept_and_counts_until_that_day(matter: Matter) -> None:
    today, earlier = clock.today(), clock.today() - timedelta(days=10)
    PoolRules.objects.update(aid_regime="de_minimis")
    Organisation.objects.update(cvr="10000009")
    decision = decided(matter, outcome="in_part", oere=1_000_00)
    AidAward.objects.update(day=earlier)  # as if it was decided then
    organisation = Organisation.objects.get(pk=matter.organisation.pk)
    before = aid.room_for(organisation, "de_minimis", today)
    complaint = complaints.complain(matter.owner, decision, "Vi skulle have det hele.")
    complaints.answer(matter.other_decider, complaint, "Det har I ret i.", right=True)
    award = AidAward.objects.get()
    assert (award.ended, award.ended_because) == (today, "Det har I ret i.")
    assert [part.cents for part in before.parts] == [award.cents]
    assert aid.room_for(organisation, "de_minimis", today).parts == ()
    assert aid.room_for(organisation, "de_minimis", today - timedelta(days=1)).parts == before.parts
    assert [row[-1] for row in register.rows(matter.municipality)] == [today]


def test_one_letter_tells_of_the_decision_and_the_grant(matter: Matter) -> None:
    decision = decided(matter, outcome="in_part", oere=1_000_00)
    letters = Notice.objects.filter(recipient=matter.owner, created__gte=decision.drafted)
    assert [one.kind for one in letters] == ["grants.decided"]
    assert "DKK 1,000" in words_of(letters.get()).text
    page = signed_in(matter.owner).get(f"/min/afgoerelser/{decision.pk}/").content.decode()
    assert f"/min/bevillinger/{decision.grant.pk}/" in page


def test_what_is_withdrawn_or_sent_anew_is_not_decided(matter: Matter) -> None:
    decision = proposed(matter)
    Application.objects.update(sent=clock.now() + timedelta(minutes=1))
    with pytest.raises(Refused, match="has been changed"):
        actions.say_yes(matter.decider, decision, decision.version)
    application_actions.withdraw(matter.owner, matter.application)
    with pytest.raises(Refused, match="does not wait"):
        actions.say_yes(matter.decider, decision, decision.version)
    assert not queries.waiting_for(matter.decider)
    back = actions.take_back(matter.manager, decision, "Den er trukket.")
    for act in (actions.propose, lambda user, one: hearings.hear(user, one, "Gæld", clock.today() + timedelta(days=9))):
        with pytest.raises(Refused, match="does not wait"):
            act(matter.manager, back)
    assert not decision.yeses.exists()
    page = signed_in(matter.manager).get(f"/kolding/afgoerelser/{decision.pk}/").content.decode()
    assert "venter ikke på en afgørelse" in page
    assert "foreslaa/" not in page


def test_a_whole_grant_of_an_application_that_asks_for_less_now_is_drafted_anew(matter: Matter) -> None:
    decision = drafted(matter, outcome="granted", oere=matter.application.asked)
    Application.objects.update(asked=matter.application.asked - 100)
    with pytest.raises(Refused, match="grants what it asks for"):
        actions.propose(matter.manager, decision)
    decision.refresh_from_db()
    assert decision.state == "draft"


def waiting(person: Any) -> list[tuple[str, str]]:
    return [(one.what, one.title) for one in queries.waiting_for(person)]


def test_each_is_shown_what_waits_for_her(matter: Matter) -> None:
    title = matter.application.title
    decision = drafted(matter, outcome="refused", oere=0)
    hearing = hearings.hear(matter.manager, decision, "I har gæld.", clock.today() + timedelta(days=9))
    assert waiting(matter.owner) == [("hearing", title)]
    hearings.answer(matter.owner, hearing, "Nej.")
    assert waiting(matter.owner) == []
    decision = actions.propose(matter.manager, decision)
    assert waiting(matter.decider) == waiting(matter.other_decider) == [("yes", title)]
    actions.say_yes(matter.decider, decision, decision.version)
    complaint = complaints.complain(matter.owner, decision, "Forkert.")
    assert waiting(matter.other_decider) == [("complaint", title)]
    another: Any = make_employee(matter.municipality, "fund_manager", name="Anna Anden")
    assert waiting(another) == [("complaint", title)]
    for person in (matter.owner, matter.manager, matter.decider, make_user("Nora Nabo")):
        assert waiting(person) == []
    Membership.objects.create(user=another, organisation=matter.organisation, kind="member")
    another.__dict__.pop("current_memberships", None)
    assert waiting(another) == []
    complaints.answer(matter.other_decider, complaint, "Den står.", right=False)
    assert waiting(matter.other_decider) == []


def test_a_complaint_is_reminded_of_a_week_before_and_when_it_is_late(matter: Matter) -> None:
    complaint = complaints.complain(matter.owner, decided(matter, outcome="refused", oere=0), "Forkert.")
    assert complaint.due == clock.today() + timedelta(days=28)
    told_of = []
    for days in (8, 7, 1, 0, -1, -9):
        Complaint.objects.update(due=clock.today() + timedelta(days=days))
        told_of.append(complaints.remind_of_complaints())
    assert told_of == [0, 1, 0, 0, 1, 0]
    assert told("complaint_due") == {"Bo Beslutter"}
    complaints.withdraw(matter.owner, complaint)
    again = complaints.complain(matter.owner, complaint.decision, "Forkert alligevel.")
    assert (again.state, complaint.decision.complaints.count()) == ("received", 2)


def test_the_time_to_complain_ends(matter: Matter) -> None:
    decision = decided(matter, outcome="refused", oere=0)
    last = rules.complain_until(decision)
    assert last == clock.today() + timedelta(days=28)
    Decision.objects.update(decided=clock.now() - timedelta(days=29))
    with pytest.raises(Refused):
        complaints.complain(matter.owner, decision, "For sent")
    assert not Complaint.objects.exists()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_pages_from_draft_to_complaint(matter: Matter) -> None:
    manager, owner, place = signed_in(matter.manager), signed_in(matter.owner), "/kolding/afgoerelser/"
    start = f"{place}ansoegning/{matter.application.pk}/ny/"
    assert matter.application.title in manager.get(start).content.decode()
    bad = {"outcome": "in_part", "oere": "mange", "reasons": "", "version": "0"}
    assert manager.post(start, bad).status_code == 422
    assert manager.post(start, {**bad, "oere": "", "reasons": "Derfor"}).status_code == 422
    good = {"outcome": "in_part", "oere": "1.000,50", "reasons": "Derfor.", "conditions": "", "version": "0"}
    assert manager.post(start, good).status_code == 302
    decision = Decision.objects.get()
    assert decision.oere == 1_000_50
    page = f"{place}{decision.pk}/"
    assert manager.get(place).status_code == 200
    assert manager.get(page).status_code == 200
    assert manager.post(f"{page}rediger/", {**good, "version": "7"}).status_code == 422
    assert manager.post(f"{page}hoer/", {"text": "I har gæld", "due": "snart"}).status_code == 422
    due = (clock.today() + timedelta(days=8)).isoformat()
    assert manager.post(f"{page}hoer/", {"text": "I har gæld", "due": due}).status_code == 302
    heard = f"/min/partshoering/{Hearing.objects.get().pk}/"
    assert "I har gæld" in owner.get(heard).content.decode()
    assert matter.application.title in owner.get("/min/overblik/").content.decode()
    assert "Derfor." not in owner.get(heard).content.decode()
    assert signed_in(make_user("Nora Nabo")).get(heard).status_code == 404
    assert owner.post(heard, {"text": ""}).status_code == 422
    assert owner.post(heard, {"text": "Den er betalt"}).status_code == 302
    assert "Den er betalt" in manager.get(page).content.decode()
    assert owner.get(f"/min/afgoerelser/{decision.pk}/").status_code == 404
    assert owner.get(page).status_code == 403
    assert manager.post(f"{page}foreslaa/").status_code == 302
    decider = signed_in(matter.decider)
    assert matter.application.title in decider.get("/min/overblik/").content.decode()
    assert decider.get(f"{page}ja/").status_code == 200
    assert manager.post(f"{page}ja/", {"version": decision.version}).status_code == 403
    assert decider.post(f"{page}ja/", {"version": "99"}).status_code == 422
    decision.refresh_from_db()
    assert decider.post(f"{page}ja/", {"version": decision.version}).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.grant.oere) == ("decided", 1_000_50)


def test_the_applicant_reads_the_letter_and_complains(matter: Matter) -> None:
    decision = decided(matter, outcome="refused", oere=0)
    owner, page = signed_in(matter.owner), f"/min/afgoerelser/{decision.pk}/"
    shown = owner.get(page).content.decode()
    assert decision.letter.url in shown  # type: ignore[union-attr]
    assert b"".join(owner.get(decision.letter.url).streaming_content).startswith(b"%PDF")  # type: ignore[union-attr, attr-defined]
    assert signed_in(make_user("Nora Nabo")).get(decision.letter.url).status_code in (403, 404)  # type: ignore[union-attr]
    assert owner.post(f"{page}klage/", {"text": ""}).status_code == 422
    assert owner.post(f"{page}klage/", {"text": "Forkert."}).status_code == 302
    complaint = Complaint.objects.get()
    answer = f"/kolding/afgoerelser/{decision.pk}/klage/{complaint.pk}/"
    assert signed_in(matter.decider).get(answer).status_code == 403
    other = signed_in(matter.other_decider)
    assert other.post(answer, {"right": "maaske", "text": ""}).status_code == 422
    assert other.post(answer, {"right": "no", "text": "Den står ved magt."}).status_code == 302
    assert "Den står ved magt." in owner.get(page).content.decode()
