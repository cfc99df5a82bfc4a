"""The pages of the agreements: what everybody sees, what the parties see and do, how many queries they take."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.agreements import actions
from fyrtaarn.agreements.models import Agreement, Party, Wording
from fyrtaarn.agreements.overview import agreements_to_answer, reviews_to_hold
from fyrtaarn.foundation import clock, overview
from fyrtaarn.meetings.models import Meeting
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_organisation
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, make_active, make_draft, make_free_draft, make_meeting, make_proposed, terms

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
INSIDE_GET = ("rediger/", "udskriv/", "tekster/", "parter/", "aendring/", "status/", "opfoelgning/", "afslut/")
INSIDE_POST = ("foreslaa/", "opgiv/", "genoptag/", "skjul/", "parter/tilfoej/", *INSIDE_GET)


def path(agreement: Agreement, page: str = "") -> str:
    return f"/samarbejder/{agreement.pk}/{page}"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fields(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Flere i arbejde",
        "goal": "Seks unge kommer i gang.",
        "promised_effect": "",
        "starts": "2027-01-01",
        "last_day": "2027-12-31",
        "sort": "collaboration",
        "version": "1",
        **changed,
    }


@pytest.mark.parametrize(("language", "days"), [("da", "1. marts 2027"), ("en", "1 March 2027")])
def test_days_are_written_as_the_reader_writes_them(pair: Pair, language: str, days: str) -> None:
    agreement = make_active(pair, starts=date(2027, 3, 1))
    answer = Client().get(path(agreement), headers={"Accept-Language": language})
    assert days in answer.content.decode()


def test_everybody_sees_the_public_facts_and_nothing_else(pair: Pair) -> None:
    agreement = make_active(pair)
    actions.tell_status(pair.owner, agreement, "attention", "Vi mangler en bil.")
    actions.plan_review(pair.editor, agreement, clock.today(), "Er vi på vej?")
    actions.propose_change(pair.owner, agreement, terms(goal="Otte unge."), "Mere plads.", agreement.version)
    html = Client().get(path(agreement)).content.decode()
    for shown in (agreement.title, agreement.goal, agreement.promised_effect, "Socialforvaltningen", "Kolding"):
        assert shown in html
    secrets = (
        "Vi har plads.",
        "Vi mangler",
        "Er vi på vej",
        "Otte unge",
        "Mere plads",
        "Eva Redaktør",
        "Olga Ejer",
        "@example.dk",
    )
    for hidden in secrets:
        assert hidden not in html
    assert path(agreement, "rediger/") not in html
    assert not html_faults(html)


def test_experience_is_public_at_the_end(pair: Pair) -> None:
    agreement = actions.complete(pair.owner, make_active(pair), EXPERIENCE)
    html = Client().get(path(agreement)).content.decode()
    assert all(text in html for text in EXPERIENCE.values())


def test_what_is_not_public_is_for_the_parties(pair: Pair) -> None:
    administrator = make_employee(pair.municipality, "municipality_administrator")
    private = make_active(pair, public=False)
    draft = make_free_draft(pair, title="Hemmelig kladde")
    for agreement in (private, draft):
        assert Client().get(path(agreement)).status_code == 302
        for person in (pair.stranger, administrator):
            assert signed_in(person).get(path(agreement)).status_code == 403
        for person in (pair.editor, pair.colleague, pair.owner, pair.member):
            answer = signed_in(person).get(path(agreement))
            assert answer.status_code == 200
            assert not html_faults(answer.content.decode())
    for page in ("/samarbejder/", "/kolding/samarbejder/"):
        html = Client().get(page).content.decode()
        assert agreement.title not in html
        assert private.title not in html


def test_outsiders_reach_no_page_and_no_step(pair: Pair) -> None:
    agreement = make_active(pair)
    wording = Wording.objects.get()
    party = agreement.parties.first()
    review = actions.plan_review(pair.editor, agreement, clock.today())
    deeper = (
        f"tekster/{wording.pk}/ja/",
        f"tekster/{wording.pk}/nej/",
        f"tekster/{wording.pk}/tilbage/",
        f"parter/{party.pk}/fjern/",
        f"parter/{party.pk}/kontakt/",
        f"opfoelgning/{review.pk}/",
        f"opfoelgning/{review.pk}/fjern/",
    )
    client = signed_in(pair.stranger)
    for page in INSIDE_GET:
        assert client.get(path(agreement, page)).status_code == 403, page
        assert Client().get(path(agreement, page)).status_code == 302, page
    for page in (*INSIDE_POST, *deeper):
        assert client.post(path(agreement, page), fields()).status_code in (403, 405), page
    agreement.refresh_from_db()
    assert (agreement.state, agreement.public) == ("active", True)


def test_parts_of_one_agreement_are_not_reached_through_another(pair: Pair) -> None:
    mine = make_active(pair)
    other = make_free_draft(pair)
    party = other.parties.last()
    client = signed_in(pair.editor)
    assert client.post(path(mine, f"parter/{party.pk}/fjern/")).status_code == 404
    assert client.post(path(other, f"tekster/{Wording.objects.get().pk}/ja/")).status_code == 404
    assert Party.objects.filter(pk=party.pk).exists()


def test_from_a_dialogue_to_an_agreement_in_force_by_forms_alone(pair: Pair) -> None:
    meeting = make_meeting(pair)
    department, organisation = signed_in(pair.editor), signed_in(pair.owner)
    new = f"/min/samarbejder/ny/?dialog={meeting.pk}"
    html = department.get(new).content.decode()
    assert 'value="Flere i arbejde"' in html
    assert not html_faults(html)
    department.post(new, fields(last_day="31.12.2027"))
    agreement = Agreement.objects.get()
    assert (agreement.starts, agreement.ends, agreement.last_day) == (
        date(2027, 1, 1),
        date(2028, 1, 1),
        date(2027, 12, 31),
    )
    assert organisation.get(new).headers["Location"] == path(agreement)
    department.post(path(agreement, "foreslaa/"), {"version": agreement.version})
    wording = Wording.objects.get()
    assert f"tekster/{wording.pk}/ja/" in organisation.get(path(agreement)).content.decode()
    organisation.post(path(agreement, f"tekster/{wording.pk}/ja/"))
    agreement.refresh_from_db()
    assert agreement.state == "active"
    assert path(agreement) in department.get(f"/min/dialoger/{meeting.pk}/").content.decode()


def test_the_goal_comes_from_the_wished_change_where_the_kind_has_one(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fyrtaarn.meetings.kinds import KINDS, MeetingKind
    from fyrtaarn.portal.models import Challenge

    challenge = Challenge.objects.create(
        municipality=pair.municipality, change="Flere unge får et job.", created_by=pair.editor, contact=pair.colleague
    )
    monkeypatch.setitem(KINDS, pair.sought.kind, MeetingKind(pair.sought.kind, Challenge, "contact", "change"))
    pair.sought.subject_id = challenge.pk
    pair.sought.save()
    new = f"/min/samarbejder/ny/?dialog={make_meeting(pair).pk}"
    assert "Flere unge får et job." in signed_in(pair.owner).get(new).content.decode()
    signed_in(pair.owner).post(new, fields())
    assert [p.contact for p in Agreement.objects.get().parties.select_related("contact")] == [
        pair.colleague,
        pair.owner,
    ]


def test_nobody_agrees_on_anothers_dialogue(pair: Pair) -> None:
    meeting = make_meeting(pair)
    client = signed_in(pair.stranger)
    for answer in (
        client.get(f"/min/samarbejder/ny/?dialog={meeting.pk}"),
        client.post(f"/min/samarbejder/ny/?dialog={meeting.pk}", fields()),
    ):
        assert answer.status_code == 403
        assert "Eksempelværkstedet" not in answer.content.decode()
    assert client.get("/min/samarbejder/ny/?dialog=x").status_code == 404
    assert not Agreement.objects.exists()


def test_a_dialogue_that_waits_for_an_answer_gives_no_agreement(pair: Pair) -> None:
    from fyrtaarn.meetings import actions as meeting_actions

    meeting = meeting_actions.open_meeting(pair.owner, pair.sought, pair.offered, "Må vi?")
    assert signed_in(pair.owner).get(f"/min/samarbejder/ny/?dialog={meeting.pk}").status_code == 403


def test_a_free_draft_finds_its_parties(pair: Pair) -> None:
    client = signed_in(pair.editor)
    key = str(uuid.uuid4())
    own = f"department-{pair.department.pk}"
    for _click in range(2):
        client.post("/min/samarbejder/ny/", fields(own=own, draft_key=key))
    draft = Agreement.objects.get()
    html = client.get(path(draft, "parter/?navn=eksempel")).content.decode()
    assert "Eksempelværkstedet" in html
    assert not html_faults(html)
    client.post(path(draft, "parter/tilfoej/"), {"organisation": pair.organisation.pk})
    assert {str(party) for party in draft.parties.all()} == {"Socialforvaltningen", "Eksempelværkstedet"}
    for wrong in ({}, {"organisation": "x"}, {"department": "0"}, {"organisation": "9" * 30}):
        assert client.post(path(draft, "parter/tilfoej/"), wrong).status_code == 404
    client.post(path(draft, f"parter/{draft.parties.last().pk}/fjern/"))
    assert draft.parties.count() == 1


def test_who_speaks_for_nobody_is_told_what_to_do(pair: Pair) -> None:
    html = signed_in(pair.stranger).get("/min/samarbejder/ny/").content.decode()
    assert "/min/organisationer/" in html


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"goal": "  "},
        {"starts": "i morgen"},
        {"last_day": "2026-01-01"},
        {"last_day": "31.02.2027"},
        {"version": "x"},
        {"version": "99999999999"},
        {"goal": "nul\0tegn"},
    ],
)
def test_bad_terms_are_explained_and_kept(pair: Pair, wrong: dict[str, str]) -> None:
    draft = make_draft(pair)
    answer = signed_in(pair.owner).post(path(draft, "rediger/"), fields(promised_effect="Bevares", **wrong))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "error-summary" in html
    assert "Bevares" in html
    draft.refresh_from_db()
    assert draft.goal == "Seks unge kommer i gang."


@pytest.mark.parametrize("page", ["status/", "opfoelgning/", "afslut/", "aendring/"])
def test_empty_forms_are_explained(pair: Pair, page: str) -> None:
    agreement = make_active(pair)
    answer = signed_in(pair.owner).post(path(agreement, page), {})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_the_second_editor_is_told_and_sees_both_texts(pair: Pair) -> None:
    draft = make_draft(pair)
    seen = str(draft.version)
    signed_in(pair.owner).post(path(draft, "rediger/"), fields(goal="Fra Olga", version=seen))
    client = signed_in(pair.editor)
    answer = client.post(path(draft, "rediger/"), fields(goal="Fra Eva", version=seen))
    html = answer.content.decode()
    assert "Fra Olga" in html
    assert html.count("Fra Eva") == 2  # in the form and beside the other's
    assert not html_faults(html)
    draft.refresh_from_db()
    assert draft.goal == "Fra Olga"
    client.post(path(draft, "rediger/"), fields(goal="Fra os begge", version=draft.version))
    draft.refresh_from_db()
    assert draft.goal == "Fra os begge"


def test_a_draft_that_was_changed_is_not_put_to_the_parties_unread(pair: Pair) -> None:
    draft = make_draft(pair)
    signed_in(pair.owner).post(path(draft, "rediger/"), fields(goal="Fra Olga", version=draft.version))
    signed_in(pair.editor).post(path(draft, "foreslaa/"), {"version": draft.version})
    assert not Wording.objects.exists()


def test_a_no_and_its_reason_are_shown_until_the_next_proposal(pair: Pair) -> None:
    wording = make_proposed(pair)
    agreement = wording.agreement
    organisation = signed_in(pair.owner)
    assert "error-summary" in organisation.post(path(agreement, f"tekster/{wording.pk}/nej/"), {}).content.decode()
    organisation.post(path(agreement, f"tekster/{wording.pk}/nej/"), {"reason": "Kun fire."})
    html = signed_in(pair.editor).get(path(agreement)).content.decode()
    assert "Kun fire." in html
    assert signed_in(pair.editor).get(path(agreement, "tekster/")).status_code == 200


def test_an_answer_to_a_text_that_is_no_longer_there_is_refused(pair: Pair) -> None:
    wording = make_proposed(pair)
    signed_in(pair.editor).post(path(wording.agreement, f"tekster/{wording.pk}/tilbage/"))
    assert signed_in(pair.owner).post(path(wording.agreement, f"tekster/{wording.pk}/ja/")).status_code == 403
    answer = signed_in(pair.owner).post(path(wording.agreement, f"tekster/{wording.pk}/nej/"), {"reason": "Fordi."})
    assert "Fordi." in answer.content.decode()


def test_a_change_is_proposed_compared_and_accepted(pair: Pair) -> None:
    agreement = make_active(pair)
    changed = fields(goal="Otte unge.", reason="Mere plads.", version=agreement.version)
    signed_in(pair.owner).post(path(agreement, "aendring/"), changed)
    html = signed_in(pair.editor).get(path(agreement)).content.decode()
    assert "Otte unge." in html
    assert "Mere plads." in html
    signed_in(pair.editor).post(path(agreement, f"tekster/{Wording.objects.last().pk}/ja/"))
    agreement.refresh_from_db()
    assert agreement.goal == "Otte unge."
    texts = signed_in(pair.owner).get(path(agreement, "tekster/")).content.decode()
    assert "Seks unge kommer i gang." in texts
    assert not html_faults(texts)


def test_following_and_closing_by_forms(pair: Pair) -> None:
    agreement = make_active(pair)
    client = signed_in(pair.owner)
    client.post(path(agreement, "status/"), {"course": "attention", "text": "Vi mangler en bil."})
    client.post(path(agreement, "opfoelgning/"), {"due": clock.today(), "question": "Er vi på vej?"})
    late = client.post(path(agreement, "opfoelgning/"), {"due": "2020-01-01"}).content.decode()
    assert "error-summary" in late
    review = agreement.reviews.get()
    client.post(path(agreement, f"opfoelgning/{review.pk}/"), {"outcome": "on_track", "note": "Fem er begyndt."})
    html = client.get(path(agreement)).content.decode()
    assert "Vi mangler en bil." in html
    assert "Fem er begyndt." in html
    assert client.get(path(agreement, "udskriv/")).status_code == 200
    client.post(path(agreement, "afslut/"), {"how": "end", **EXPERIENCE})
    agreement.refresh_from_db()
    assert agreement.state == "ended"
    assert Meeting.objects.get().state == "open"


def test_contact_draft_and_showing_by_forms(pair: Pair) -> None:
    agreement = make_active(pair)
    party = agreement.parties.last()
    client = signed_in(pair.owner)
    contact = path(agreement, f"parter/{party.pk}/kontakt/")
    assert "error-summary" in client.post(contact, {"contact": pair.editor.pk}).content.decode()
    client.post(contact, {"contact": pair.member.pk})
    party.refresh_from_db()
    assert party.contact == pair.member
    assert client.get(path(agreement, f"parter/{agreement.parties.first().pk}/kontakt/")).status_code == 403
    client.post(path(agreement, "skjul/"))
    assert Client().get(path(agreement)).status_code == 302
    draft = make_free_draft(pair)
    client.post(path(draft, "opgiv/"))
    client.post(path(draft, "genoptag/"))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_public_lists_filter_and_stay_in_their_municipality(pair: Pair, koebenhavn: Any) -> None:
    make_active(pair)
    done = make_free_draft(pair, title="Cykelværksted")
    actions.complete(
        pair.owner, actions.accept(pair.owner, actions.propose(pair.editor, done, done.version)), EXPERIENCE
    )
    client = Client()
    whole = client.get("/samarbejder/").content.decode()
    assert "Cykelværksted" in whole
    assert not html_faults(whole)
    assert "Flere i arbejde" not in client.get("/samarbejder/?tilstand=completed").content.decode()
    assert "Cykelværksted" not in client.get("/koebenhavn/samarbejder/").content.decode()
    assert "Cykelværksted" in client.get(f"/kolding/samarbejder/?forvaltning={pair.department.pk}").content.decode()
    assert "Cykelværksted" in client.get(f"/samarbejder/?organisation={pair.organisation.pk}").content.decode()
    for wrong in ("organisation=x", "organisation=999999", "kommune=-1", "tilstand=draft", "side=x"):
        assert client.get(f"/samarbejder/?{wrong}").status_code == 200
    table = client.get("/samarbejder/?format=csv").getvalue().decode("utf-8-sig")
    assert "Cykelværksted" in table
    assert "Eva Redaktør" not in table
    mine = signed_in(pair.owner).get("/min/samarbejder/").content.decode()
    assert "Cykelværksted" in mine


def test_pages_take_few_queries_however_much_there_is(pair: Pair, at_most_queries: Budget) -> None:
    def more() -> Agreement:
        draft = make_free_draft(pair)
        agreement = actions.accept(pair.owner, actions.propose(pair.editor, draft, draft.version))
        for day in range(6):
            actions.tell_status(pair.owner, agreement, "on_track", "Godt.")
            review = actions.plan_review(pair.owner, agreement, clock.today() + timedelta(days=day))
            if day % 2:
                actions.hold_review(pair.editor, review, "on_track", "Godt.")
        actions.propose_change(pair.owner, agreement, terms(goal="Otte."), "Derfor.", agreement.version)
        return agreement

    client, visitor = signed_in(pair.editor), Client()
    pages = ("/min/samarbejder/", "/samarbejder/", "/kolding/samarbejder/")
    one = make_active(pair)
    used = {}
    for page in (*pages, path(one)):
        with at_most_queries(12) as captured:
            (client if "min" in page or page == path(one) else visitor).get(page)
        used[page] = len(captured)
    for number in range(3):
        last = more()
        party = make_organisation(pair.municipality, f"Partner {number}")
        Party.objects.create(agreement=last, organisation=party)
    for page in pages:
        with at_most_queries(12) as captured:
            (client if "min" in page else visitor).get(page)
        assert len(captured) == used[page], page
    with at_most_queries(12):
        client.get(path(last))


def test_the_overview_says_what_waits_and_what_is_due(pair: Pair, at_most_queries: Budget) -> None:
    wording = make_proposed(pair)
    kept = make_free_draft(pair, title="Cykelværksted")
    actions.plan_review(
        pair.editor,
        actions.accept(pair.owner, actions.propose(pair.editor, kept, kept.version)),
        clock.today() + timedelta(days=3),
    )
    with at_most_queries(5):  # who she is, and one for each of the two
        found = [*agreements_to_answer(pair.member), *reviews_to_hold(pair.member)]
    lines = [(item.section, item.title, item.path) for item in found]
    assert ("waiting", wording.title, path(wording.agreement)) in lines
    assert ("deadlines", "Cykelværksted", path(kept)) in lines
    assert all(
        item.title != wording.title for item in overview.overview_of(pair.editor).get(overview.Section.WAITING, [])
    )


def test_departments_of_other_municipalities_can_be_added(pair: Pair, koebenhavn: Any) -> None:
    draft = make_free_draft(pair)
    other = make_department(koebenhavn, "Beskæftigelsesforvaltningen")
    client = signed_in(pair.editor)
    assert "Beskæftigelsesforvaltningen" in client.get(path(draft, "parter/?navn=besk")).content.decode()
    client.post(path(draft, "parter/tilfoej/"), {"department": other.pk})
    assert other.pk in draft.parties.values_list("department", flat=True)
