"""The pages of those in charge, and of those who are introduced."""

import re

import pytest
from django.conf import settings
from django.test import Client

from fyrtaarn.community import actions
from fyrtaarn.community.models import AskingLetter, Introduction
from tests.harness.browser import html_faults
from tests.harness.people import make_employee

from .conftest import Place, asking_of, make_accepted, make_draft, make_sent, say


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    page = response.content.decode()
    assert html_faults(page) == []
    return page


def words_of(page: str) -> str:
    """What a page says, without its frame and the words that guard its forms, which are never the same."""
    [said] = re.findall(r"<main.*</main>", page, re.DOTALL)
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", said)


@pytest.fixture
def manager(client: Client, place: Place) -> Client:
    client.force_login(place.manager)
    return client


def test_the_board_says_what_to_do_when_it_is_empty_and_what_waits_when_it_is_not(
    manager: Client, place: Place
) -> None:
    assert "Ingen er introduceret endnu" in shown(manager, place.board)
    introduction = make_sent(place)
    assert "0 ud af 2 har sagt ja" in shown(manager, place.board)
    say(introduction, place, "no", "yes")
    page = shown(manager, place.board)
    assert "Nogen har sagt nej" in page
    assert "Venter på dig" in page


def test_an_introduction_is_begun_in_her_own_words(manager: Client, place: Place) -> None:
    start = f"{place.board}introduktioner/ny/"
    page = shown(manager, start)
    key = re.search(r'name="draft_key" value="([^"]+)"', page)
    assert key
    answer = manager.post(start, {"title": "", "draft_key": key[1]})
    assert answer.status_code == 422
    answer = manager.post(start, {"title": "En sal til reparationscaféen", "draft_key": key[1]})
    one = answer["Location"]
    assert "mindst to" in shown(manager, one)
    found = shown(manager, f"{one}parter/ny/?navn=eksempel")
    assert "Eksempelværkstedet" in found
    party = f"organisation-{place.pair.organisation.pk}"
    told = {"navn": "eksempel", "party": party, "reason": "De mangler en sal."}
    assert manager.post(f"{one}parter/ny/", {**told, "reason": ""}).status_code == 422
    assert manager.post(f"{one}parter/ny/", {**told, "party": "organisation-99999"}).status_code == 422
    assert manager.post(f"{one}parter/ny/", told)["Location"] == one
    person = place.pair.stranger
    told = {"navn": person.email, "party": f"user-{person.pk}", "reason": "Du har en sal."}
    assert manager.post(f"{one}parter/ny/", told)["Location"] == one
    assert "Ingen fundet" in shown(manager, f"{one}parter/ny/?navn=findes-ikke")
    assert manager.post(f"{one}send/")["Location"] == one
    assert Introduction.objects.get().state == "proposed"


def test_a_pair_comes_with_words_to_begin_from(manager: Client, place: Place) -> None:
    pair = place.pair
    start = f"{place.board}introduktioner/ny/?soegt={pair.sought.pk}&tilbudt={pair.offered.pk}"
    page = shown(manager, start)
    assert "Eksempelværkstedet tilbyder »Værksted med plads«." in page
    assert manager.get(f"{place.board}introduktioner/ny/?soegt={pair.offered.pk}").status_code == 404
    assert manager.get(f"{place.board}introduktioner/ny/?soegt=1'").status_code == 404


def test_every_state_of_an_introduction_has_its_page(manager: Client, place: Place) -> None:
    one = make_draft(place)
    path = f"{place.board}introduktioner/{one.pk}/"
    for language in ("da", "en"):
        manager.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        shown(manager, path)
    for step in ("send", "luk", "forfra", "send"):
        assert manager.post(f"{path}{step}/")["Location"] == path
        shown(manager, path)
    say(one, place, "yes", "yes")
    actions.bring_together(one.pk)
    assert place.pair.owner.email in shown(manager, path)
    shown(manager, f"{path}moedtes/")
    assert manager.post(f"{path}moedtes/", {"on": "2999-01-01"}).status_code == 422
    assert manager.post(f"{path}moedtes/", {"on": ""}).status_code == 422
    assert manager.post(f"{path}moedtes/", {"on": "2026-01-01"}).status_code == 302
    shown(manager, f"{path}afslut/")
    assert manager.post(f"{path}afslut/", {"outcome": "nothing", "words": ""}).status_code == 422
    assert manager.post(f"{path}afslut/", {"outcome": "nothing", "words": "Ikke nu"}).status_code == 302
    assert "Ikke nu" in shown(manager, path)
    assert manager.post(f"{path}opfoelgning/", {"on": "i morgen"}).status_code == 422
    assert manager.post(f"{path}opfoelgning/", {"on": ""}).status_code == 302


def test_a_second_click_is_told_that_it_is_done(manager: Client, place: Place) -> None:
    one = make_sent(place)
    answer = manager.post(f"{place.board}introduktioner/{one.pk}/send/", follow=True)
    assert answer.status_code == 200
    assert Introduction.objects.get().state == "proposed"


def test_the_other_side_sees_the_same_page_whatever_one_has_answered(client: Client, place: Place) -> None:
    introduction = make_sent(place)
    asking = asking_of(introduction, place.pair.organisation)
    client.force_login(place.pair.owner)
    pages = []
    for answer in ("", "later", "no", "yes"):
        say(introduction, place, answer)
        pages.append(words_of(shown(client, f"/min/introduktioner/{asking.pk}/")))
        pages.append(words_of(shown(client, f"/min/introduktioner/{asking.pk}/")))
    assert len(set(pages)) == 1


def test_a_closed_introduction_looks_the_same_whatever_the_cause(client: Client, place: Place) -> None:
    from fyrtaarn.community import reminders
    from fyrtaarn.foundation import clock

    client.force_login(place.pair.owner)
    pages = []
    for cause in ("no", "", "late"):
        introduction = make_sent(place)
        say(introduction, place, "no" if cause == "no" else "", "yes")
        if cause == "late":
            Introduction.objects.filter(pk=introduction.pk).update(expires=clock.today())
            assert reminders.expire_late() == 1
        else:
            actions.withdraw(place.manager, introduction)
        asking = asking_of(introduction, place.pair.organisation)
        page = shown(client, f"/min/introduktioner/{asking.pk}/")
        pages.append(words_of(page).replace(f"/{asking.pk}/", "/"))
    assert len(set(pages)) == 1


def test_a_letter_answers_without_signing_in(client: Client, place: Place) -> None:
    introduction = make_sent(place)
    letter = AskingLetter.objects.get(person=place.pair.owner)
    path = f"/introduktion/{letter.token}/"
    assert "Olga Ejer" in shown(client, path)
    asking = asking_of(introduction, place.pair.organisation)
    assert asking.answer == "", "opening a letter answers nothing"
    client.post(path, {"said": "perhaps"})
    asking.refresh_from_db()
    assert asking.answer == ""
    say(introduction, place, "yes")
    assert client.post(path, {"said": "yes", "shares_contact": "on"})["Location"] == path
    introduction.refresh_from_db()
    assert introduction.state == "accepted"
    assert place.pair.editor.email in shown(client, path)
    assert client.get("/introduktion/noget-andet/").status_code == 404


def test_a_letter_is_worthless_when_she_has_left_or_it_has_begun_again(client: Client, place: Place) -> None:
    from fyrtaarn.foundation import clock

    introduction = make_sent(place)
    letters = {letter.person_id: letter.token for letter in AskingLetter.objects.all()}
    place.pair.member.memberships.update(starts="2020-01-01", ends=clock.today())
    gone = f"/introduktion/{letters[place.pair.member.pk]}/"
    assert client.get(gone).status_code == client.post(gone, {"said": "yes"}).status_code == 404
    actions.withdraw(place.manager, introduction)
    actions.restore(place.manager, introduction)
    assert client.get(f"/introduktion/{letters[place.pair.owner.pk]}/").status_code == 404


def test_a_persons_name_is_told_when_all_have_said_yes_and_her_address_if_she_wants(
    client: Client, place: Place
) -> None:
    person = place.pair.stranger
    draft = make_draft(place)
    actions.remove_party(place.manager, draft.parties.get(organisation=None))
    actions.add_party(place.manager, draft, person, "De har brug for dig.")
    actions.send(place.manager, draft)
    hers, theirs = asking_of(draft, person), asking_of(draft, place.pair.organisation)
    client.force_login(place.pair.owner)
    path = f"/min/introduktioner/{theirs.pk}/"
    assert person.name not in shown(client, path)
    actions.answer(place.pair.owner, theirs, "yes", shares_contact=True)
    actions.answer(person, hers, "yes")
    page = shown(client, path)
    assert person.name in page
    assert person.email not in page
    actions.show_contact(person, hers, True)
    assert person.email in shown(client, path)


def test_the_parties_find_their_dialogue_and_their_list(client: Client, place: Place) -> None:
    client.force_login(place.pair.owner)
    shown(client, "/min/introduktioner/")
    introduction = make_accepted(place)
    assert introduction.title in shown(client, "/min/introduktioner/")
    asking = asking_of(introduction, place.pair.organisation)
    assert f"/min/dialoger/{introduction.meeting_id}/" in shown(client, f"/min/introduktioner/{asking.pk}/")
    assert client.post(f"/min/introduktioner/{asking.pk}/kontakt/", {"shares_contact": "0"}).status_code == 302
    asking.refresh_from_db()
    assert not asking.shares_contact
    assert client.get(f"/min/dialoger/{introduction.meeting_id}/").status_code == 200


def test_what_waits_and_what_is_mine_stand_on_the_overview(client: Client, place: Place) -> None:
    introduction = make_sent(place)
    client.force_login(place.pair.owner)
    assert introduction.title in shown(client, "/min/overblik/")
    client.force_login(place.manager)
    assert place.board in shown(client, "/min/overblik/")


def test_an_administrator_appoints_and_ends(client: Client, place: Place) -> None:
    here = "/kolding/administration/community-managere/"
    client.force_login(make_employee(place.district.municipality, "municipality_administrator"))  # type: ignore[arg-type]
    assert "Trine Tavle" in shown(client, here)
    told = {"user": place.manager.pk, "district": place.district.pk, "starts": "2026-01-01"}
    answer = client.post(f"{here}ny/", told)
    assert "Bydelen har allerede en" in answer.content.decode()
    end = f"{here}{place.appointment.pk}/slut/"
    assert client.post(end, {"on": "2020-01-01"}).status_code == 422
    assert client.post(end, {"on": "2999-01-01"}).status_code == 302
    place.appointment.delete()
    assert "Ingen bydel har" in shown(client, here)
    assert client.post(f"{here}ny/", told).status_code == 302


def test_she_tells_of_herself(manager: Client, place: Place) -> None:
    here = f"{place.board}om-mig/"
    shown(manager, here)
    answer = manager.post(here, {"greeting": "Ring", "away_from": "2026-07-01", "away_until": ""})
    assert "Skriv begge dage" in answer.content.decode()
    assert manager.post(here, {"greeting": "Ring på 12 34 56 78"}).status_code == 302
    place.appointment.refresh_from_db()
    assert place.appointment.greeting == "Ring på 12 34 56 78"
