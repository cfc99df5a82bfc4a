"""The pages of the dialogues: who sees them, what they write, how many queries they take."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings import actions
from fyrtaarn.meetings.models import Meeting, Message, Reading
from fyrtaarn.meetings.overview import waiting_dialogues
from fyrtaarn.organisations.models import Membership
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import Pair, make_listing

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
LIST = "/min/dialoger/"


def path(meeting: Meeting, page: str = "") -> str:
    return f"/min/dialoger/{meeting.pk}/{page}"


@pytest.fixture
def asked(pair: Pair) -> Meeting:
    return actions.open_meeting(pair.owner, pair.sought, pair.offered, "Vi har plads til fire.")


@pytest.fixture
def talking(pair: Pair, asked: Meeting) -> Meeting:
    return actions.accept(pair.editor, asked, "Kom forbi.")


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_both_parties_and_their_colleagues_read_the_thread(pair: Pair, talking: Meeting) -> None:
    for person in (pair.editor, pair.colleague, pair.owner, pair.member):
        answer = signed_in(person).get(path(talking))
        assert answer.status_code == 200
        html = answer.content.decode()
        assert "Kom forbi." in html
        assert not html_faults(html)


def test_others_read_nothing(pair: Pair, talking: Meeting, koebenhavn: Any) -> None:
    others = [
        pair.stranger,
        make_employee(pair.municipality, "municipality_administrator"),
        make_employee(pair.municipality, "department_editor", make_department(pair.municipality, "Kultur")),
        make_employee(koebenhavn, "community_manager"),
        make_employee(pair.municipality, "caseworker"),
    ]
    for person in others:
        client = signed_in(person)
        for page in ("", "nye/?efter=0", "nej/", "slut/", "igen/"):
            answer = client.get(path(talking, page))
            assert answer.status_code == 403
            assert "Kom forbi." not in answer.content.decode()
        for page in ("", "laest/", "ja/", "nej/", "slut/", "igen/"):
            assert client.post(path(talking, page), {"text": "Hej", "message": "1"}).status_code == 403
        assert "Eksempelværkstedet" not in client.get(LIST).content.decode()
    assert Client().get(path(talking)).status_code == 302


def test_an_administrator_follows_the_dialogue_that_she_opened(pair: Pair) -> None:
    administrator = make_employee(pair.municipality, "municipality_administrator")
    meeting = actions.open_meeting(administrator, pair.sought, pair.offered, "Vil I være med?")
    client = signed_in(administrator)
    assert client.get(path(meeting)).status_code == 200
    assert "Eksempelværkstedet" in client.get(LIST).content.decode()
    other = make_employee(pair.municipality, "municipality_administrator")
    assert signed_in(other).get(path(meeting)).status_code == 403


def test_reading_a_page_writes_nothing_and_the_button_does(pair: Pair, talking: Meeting) -> None:
    client = signed_in(pair.member)
    assert path(talking, "laest/") in client.get(path(talking)).content.decode()
    assert not Reading.objects.filter(user=pair.member).exists()
    last = talking.messages.last()
    client.post(path(talking, "laest/"), {"message": last.pk})
    assert Reading.objects.get(user=pair.member).until == last.created
    assert path(talking, "laest/") not in client.get(path(talking)).content.decode()
    assert client.post(path(talking, "laest/"), {"message": "x"}).status_code == 404


@pytest.mark.parametrize(("language", "label"), [("da", "Besked"), ("en", "Message")])
def test_the_message_is_named_in_the_reader_s_language(pair: Pair, talking: Meeting, language: str, label: str) -> None:
    pair.owner.language = language
    pair.owner.save()
    assert f"{label}</label>" in signed_in(pair.owner).get(path(talking)).content.decode()


def test_a_message_with_a_file_is_sent_by_a_plain_form(pair: Pair, talking: Meeting) -> None:
    upload = SimpleUploadedFile("plan.txt", b"Uge 1")
    answer = signed_in(pair.owner).post(path(talking), {"text": "Se planen.", "uploads": upload})
    assert (answer.status_code, answer.headers["Location"]) == (302, path(talking))
    stored = StoredFile.objects.get()
    assert stored.subject_id == talking.messages.get(text="Se planen.").pk
    assert f'<a href="{stored.url}">plan.txt</a>' in signed_in(pair.editor).get(path(talking)).content.decode()
    assert b"".join(signed_in(pair.editor).get(stored.url)) == b"Uge 1"  # type: ignore[arg-type]


def test_with_a_script_the_thread_comes_back_alone(pair: Pair, talking: Meeting) -> None:
    answer = signed_in(pair.owner).post(path(talking), {"text": "Se planen."}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert "Se planen." in html


def test_newer_messages_come_alone(pair: Pair, talking: Meeting) -> None:
    client = signed_in(pair.owner)
    last = talking.messages.last()
    assert client.get(path(talking, f"nye/?efter={last.pk}")).status_code == 204
    actions.write(pair.editor, talking, "Tirsdag?")
    html = client.get(path(talking, f"nye/?efter={last.pk}")).content.decode()
    assert "Tirsdag?" in html
    assert "Kom forbi." not in html
    assert client.get(path(talking, "nye/?efter=x")).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": "   "},
        {"text": "x" * 5001},
        {"text": "nul\0tegn"},
        {"text": "Se.", "uploads": SimpleUploadedFile("x.exe", b"MZ\x00\x01")},
        {"text": "Se.", "uploads": SimpleUploadedFile("tom.txt", b"")},
    ],
)
def test_a_message_that_cannot_be_sent_says_why_and_is_kept(pair: Pair, talking: Meeting, data: dict[str, Any]) -> None:
    answer = signed_in(pair.owner).post(path(talking), data)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "error-summary" in html
    assert data.get("text", "").strip()[:50].replace("\0", "") in html.replace("\0", "")
    assert talking.messages.count() == 2


def test_what_was_written_when_the_other_ended_is_kept_on_the_page(pair: Pair, talking: Meeting) -> None:
    actions.end(pair.editor, talking, "Tak for nu.")
    html = signed_in(pair.owner).post(path(talking), {"text": "Hvornår ses vi?"}).content.decode()
    assert "Hvornår ses vi?" in html
    assert "error-summary" in html
    assert not Message.objects.filter(text="Hvornår ses vi?").exists()


def test_a_polite_no_from_a_sentence_or_own_words(pair: Pair, asked: Meeting) -> None:
    client = signed_in(pair.colleague)
    answer = client.post(path(asked, "nej/"), {"sentence": "own", "text": ""})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    client.post(path(asked, "nej/"), {"sentence": "1", "text": "Prøv Kultur."})
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert asked.messages.last().text.endswith("\n\nPrøv Kultur.")


def test_the_thread_offers_what_can_be_done(pair: Pair, asked: Meeting) -> None:
    department, organisation = signed_in(pair.editor), signed_in(pair.owner)
    assert path(asked, "ja/") in department.get(path(asked)).content.decode()
    assert path(asked, "ja/") not in organisation.get(path(asked)).content.decode()
    department.post(path(asked, "ja/"), {"text": ""})
    for client in (department, organisation):
        html = client.get(path(asked)).content.decode()
        assert path(asked, "slut/") in html
        assert f"/min/samarbejder/ny/?dialog={asked.pk}" in html
    organisation.post(path(asked, "slut/"), {"sentence": "0", "text": ""})
    assert path(asked, "igen/") in organisation.get(path(asked)).content.decode()
    assert path(asked, "igen/") not in department.get(path(asked)).content.decode()
    organisation.post(path(asked, "igen/"), {"text": "Vi er tilbage."})
    asked.refresh_from_db()
    assert asked.state == "open"


def test_steps_that_are_over_are_refused_in_words(pair: Pair, talking: Meeting) -> None:
    client = signed_in(pair.editor)
    for page in ("nej/", "igen/"):
        assert client.get(path(talking, page)).status_code == 403
    assert client.post(path(talking, "ja/")).status_code == 403


def opening(**given: Listing) -> str:
    return "/min/dialoger/ny/?" + "&".join(f"{side}={listing.pk}" for side, listing in given.items())


def test_interest_from_a_challenge_page_with_one_solution(pair: Pair) -> None:
    client = signed_in(pair.owner)
    html = client.get(opening(sought=pair.sought)).content.decode()
    assert "Værksted med plads" in html
    assert not html_faults(html)
    client.post(opening(sought=pair.sought), {"counterpart": pair.offered.pk, "text": "Vi har plads."})
    assert Meeting.objects.get().opened_by == "offered"


def test_the_opening_page_says_why_the_two_fit(pair: Pair) -> None:
    from fyrtaarn.listings.actions import publish
    from fyrtaarn.portal.models import Challenge, Solution

    text = "Unge uden job reparerer cykler på et værksted og kommer i gang med at arbejde."
    now = {"state": "published", "published": clock.now(), "created_by": pair.editor}
    challenge = Challenge.objects.create(
        municipality=pair.municipality, department=pair.department, title="Unge uden job", situation=text, **now
    )
    solution = Solution.objects.create(organisation=pair.organisation, title="Cykelværksted for unge", what=text, **now)
    sought, offered = publish(challenge), publish(solution)
    assert sought is not None
    assert offered is not None
    for person in (pair.owner, pair.editor):
        html = signed_in(person).get(opening(sought=sought, offered=offered)).content.decode()
        assert 'class="why"' in html
        assert not html_faults(html)


def test_who_has_several_solutions_chooses(pair: Pair) -> None:
    other = make_organisation(pair.municipality, "Havehuset")
    Membership.objects.create(user=pair.owner, organisation=other, kind="member")
    second = make_listing("offered", pair.municipality, title="Have for alle", organisation=other)
    foreign = make_listing("offered", pair.municipality, organisation=make_organisation(pair.municipality))
    client = signed_in(pair.owner)
    html = client.get(opening(sought=pair.sought)).content.decode()
    assert "Værksted med plads" in html
    assert "Have for alle" in html
    for wrong in ("", "x", foreign.pk):
        answer = client.post(opening(sought=pair.sought), {"counterpart": wrong, "text": "Vi har plads."})
        assert "error-summary" in answer.content.decode()
    client.post(opening(sought=pair.sought), {"counterpart": second.pk, "text": "Vi har plads."})
    assert Meeting.objects.get().organisation == other


def test_an_invitation_from_a_solution_page(pair: Pair) -> None:
    signed_in(pair.editor).post(opening(offered=pair.offered), {"counterpart": pair.sought.pk, "text": "Kom."})
    assert Meeting.objects.get().opened_by == "sought"


def test_a_pair_that_has_a_dialogue_leads_to_it(pair: Pair, talking: Meeting) -> None:
    answer = signed_in(pair.member).get(opening(sought=pair.sought, offered=pair.offered))
    assert answer.headers["Location"] == path(talking)


def test_who_brings_nothing_is_told_what_to_do(pair: Pair) -> None:
    for given in ({"sought": pair.sought}, {"offered": pair.offered}):
        answer = signed_in(pair.stranger).get(opening(**given))
        assert answer.status_code == 200
        assert '<form method="post" novalidate' not in answer.content.decode()


def test_internal_challenges_are_hidden_from_outsiders_and_shown_to_the_invited(pair: Pair) -> None:
    Listing.objects.filter(pk=pair.sought.pk).update(audience="municipality", title="Hemmelig nød")
    client = signed_in(pair.owner)
    for given in ({"sought": pair.sought}, {"sought": pair.sought, "offered": pair.offered}):
        answer = client.get(opening(**given))
        assert answer.status_code == 404
        assert "Hemmelig nød" not in answer.content.decode()
        assert client.post(opening(**given), {"counterpart": pair.offered.pk, "text": "Hej"}).status_code == 404
    inviting = signed_in(pair.editor)
    warned = inviting.get(opening(sought=pair.sought, offered=pair.offered)).content.decode()
    assert "alert-warning" in warned
    inviting.post(opening(sought=pair.sought, offered=pair.offered), {"counterpart": pair.sought.pk, "text": "Kom."})
    html = client.get(path(Meeting.objects.get())).content.decode()
    assert "Hemmelig nød" in html
    assert pair.sought.path not in html


@pytest.mark.parametrize("query", ["", "sought=", "sought=x", "sought=999999999999999999999", "sought=0", "offered=1x"])
def test_addresses_that_lead_nowhere(pair: Pair, query: str) -> None:
    assert signed_in(pair.owner).get(f"/min/dialoger/ny/?{query}").status_code == 404


def test_a_solution_is_not_sought_nor_a_challenge_offered(pair: Pair) -> None:
    client = signed_in(pair.owner)
    assert client.get(opening(sought=pair.offered)).status_code == 404
    assert client.get(opening(offered=pair.sought)).status_code == 404


def test_closed_listings_and_empty_organisations_cannot_be_asked(pair: Pair) -> None:
    empty = make_listing("offered", pair.municipality, organisation=make_organisation(pair.municipality, "Tomt Hus"))
    client = signed_in(pair.editor)
    assert client.get(opening(sought=pair.sought, offered=empty)).status_code == 403
    Listing.objects.filter(pk=pair.offered.pk).update(ended=clock.now())
    assert client.get(opening(sought=pair.sought, offered=pair.offered)).status_code == 403


def test_who_belongs_to_both_lets_a_colleague_open(pair: Pair) -> None:
    Membership.objects.create(user=pair.editor, organisation=pair.organisation, kind="member")
    assert signed_in(pair.editor).get(opening(sought=pair.sought, offered=pair.offered)).status_code == 403


def test_the_list_filters_and_goes_with_you(pair: Pair, asked: Meeting) -> None:
    other = make_listing("sought", pair.municipality, title="Ensomme ældre", departments=[pair.department.pk])
    actions.open_meeting(pair.editor, other, pair.offered, "Vil I?")
    client = signed_in(pair.editor)
    both = client.get(LIST).content.decode()
    assert "Ensomme ældre" in both
    assert "Flere i arbejde" in both
    waiting = client.get(LIST + "?venter=svar").content.decode()
    assert "Ensomme ældre" not in waiting
    assert "Flere i arbejde" in waiting
    assert "Ensomme ældre" not in client.get(LIST + "?venter=ulaest").content.decode()
    table = client.get(LIST + "?tilstand=proposed&format=csv").getvalue().decode("utf-8-sig")
    assert "Ensomme ældre" in table


def test_pages_take_few_queries_however_long_they_are(pair: Pair, at_most_queries: Budget) -> None:
    def more(number: int) -> Meeting:
        sought = make_listing("sought", pair.municipality, departments=[pair.department.pk])
        meeting = actions.open_meeting(pair.owner, sought, pair.offered, "Vi har plads.")
        actions.accept(pair.editor, meeting, "Ja.")
        for n in range(number):
            upload = SimpleUploadedFile(f"{n}.txt", b"Uge 1")
            actions.write(pair.owner, meeting, f"Besked {n}", [upload])
        return meeting

    client = signed_in(pair.editor)
    meeting = more(1)
    client.get(LIST)
    with at_most_queries(12) as few:
        client.get(LIST)
    with at_most_queries(12) as short:
        client.get(path(meeting))
    longer = [more(8) for _ in range(6)][-1]
    with at_most_queries(12) as many:
        client.get(LIST)
    with at_most_queries(12) as long:
        client.get(path(longer))
    assert len(many) == len(few)
    assert len(long) == len(short)


def test_the_overview_says_what_waits(pair: Pair, asked: Meeting, at_most_queries: Budget) -> None:
    with at_most_queries(4):  # who she is, and her dialogues
        waiting = list(waiting_dialogues(pair.colleague))
    items = [i for found in overview.overview_of(pair.colleague).values() for i in found]
    assert [(i.title, i.path) for i in items] == [(i.title, i.path) for i in waiting]
    assert [(i.title, i.path) for i in waiting] == [("Eksempelværkstedet: Flere i arbejde", path(asked))]
    assert overview.overview_of(pair.stranger) == {}
    assert overview.overview_of(make_user()) == {}


def test_a_message_that_comes_too_early_is_shown_with_the_reason(pair: Pair, asked: Meeting) -> None:
    answer = signed_in(pair.editor).post(path(asked), {"text": "Hvornår kan I komme?"})
    html = answer.content.decode()
    assert "Hvornår kan I komme?" in html
    assert "alert-error" in html
    assert not html_faults(html)
    assert Message.objects.filter(meeting=asked).count() == 1
