"""The pages of fieldwork: what everybody sees, what the two parties see and do, what bad input leads to."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from fyrtaarn.fieldwork import actions
from fyrtaarn.fieldwork.models import FieldworkOffer, Learned, SignedDeclaration, Stay
from fyrtaarn.foundation import clock, overview
from fyrtaarn.people.proof import PROVED
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_user

from .conftest import House, make_agreed, make_applied, make_over, offer_fields

pytestmark = pytest.mark.django_db
PLACE = "/kolding/feltarbejde/"


def signed_in(person: Any, *, long_ago: bool = False) -> Client:
    """As one who has just shown who she is, or so long ago that she must show it again."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[PROVED] = (clock.now() - (settings.PROOF_LASTS if long_ago else timedelta())).isoformat()
    session.save()
    return client


def html_of(path: str, client: Client | None = None, language: str = "da") -> str:
    answer: Any = (client or Client()).get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    html: str = answer.content.decode()
    assert not html_faults(html)
    return html


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_opens_for_those_it_is_for(house: House, language: str) -> None:
    stay = make_over(house)
    told = actions.agree(house.host, actions.write_learned(house.guest, stay, "Vi så meget.", agrees=True), 1)
    everybody = (
        "/feltarbejde/",
        PLACE,
        f"{PLACE}{house.offer.pk}/",
        f"{PLACE}laert/",
        f"{PLACE}laert/{stay.pk}/",
        f"{PLACE}tal/",
    )
    for path in everybody:
        html_of(path, language=language)
    host, guest = signed_in(house.host), signed_in(house.guest)
    for page in ("vores/", "gaester/", "ny/", *(f"{house.offer.pk}/{end}" for end in ("", "rediger/", "perioder/ny/"))):
        html_of(PLACE + page, host, language)
    for page in ("", "erklaering/", "laert/"):
        html_of(f"{PLACE}ophold/{stay.pk}/{page}", guest, language)
    html_of("/min/feltarbejde/", guest, language)
    assert told.who in html_of(f"{PLACE}laert/", language=language)


def test_empty_lists_say_so(kolding: Any) -> None:
    stranger = signed_in(make_user())
    for path in ("/feltarbejde/", PLACE, f"{PLACE}laert/", f"{PLACE}tal/", "/min/feltarbejde/"):
        assert 'class="empty"' in html_of(path, stranger), path
    host = signed_in(make_employee(kolding, "contact_person", make_department(kolding)))
    for path in (f"{PLACE}vores/", f"{PLACE}gaester/"):
        assert 'class="empty"' in html_of(path, host), path
        assert stranger.get(path).status_code == 403, path
    for number in (1, 10**30):
        assert Client().get(f"{PLACE}laert/{number}/").status_code == 404


def test_drafts_are_for_the_department_alone(house: House) -> None:
    draft = actions.draft_offer(house.host, house.department, offer_fields(title="Hemmeligt tilbud"))
    assert "Hemmeligt tilbud" in html_of(f"{PLACE}vores/", signed_in(house.host))
    for client in (Client(), signed_in(house.guest)):
        assert "Hemmeligt tilbud" not in html_of(PLACE, client)
        assert client.get(f"{PLACE}{draft.pk}/").status_code == 404


def test_from_an_application_to_a_signed_declaration(house: House) -> None:
    guest, host = signed_in(house.guest), signed_in(house.host)
    apply = f"{PLACE}{house.offer.pk}/perioder/{house.period.pk}/ansoeg/"
    refused = guest.post(apply, {"organisation": house.other.pk, "purpose": "Vi vil forstå."})
    assert refused.status_code == 422
    assert "Vi vil forstå." in refused.content.decode()
    assert guest.post(apply, {"organisation": house.organisation.pk, "purpose": "Vi vil forstå."}).status_code == 302
    stay = Stay.objects.get()
    page = f"{PLACE}ophold/{stay.pk}/"
    assert "Vi vil forstå." in html_of(page, host)
    assert host.post(f"{page}ja/", {"reason": ""}).status_code == 422
    assert host.post(f"{page}ja/", {"reason": "Velkommen."}).status_code == 302
    assert "Velkommen." in html_of(page, guest)
    sign = {"name": "Gerda Gæst", "version": house.offer.version}
    assert guest.post(f"{page}erklaering/", {**sign, "name": ""}).status_code == 422
    assert guest.post(f"{page}erklaering/", {**sign, "version": "99"}).status_code == 422
    asked = signed_in(house.guest, long_ago=True).post(f"{page}erklaering/", sign)
    assert (asked.status_code, SignedDeclaration.objects.count()) == (302, 0)
    assert "erklaering" not in asked.headers["Location"].split("?")[0]
    assert guest.post(f"{page}erklaering/", sign).status_code == 302
    assert SignedDeclaration.objects.get().name == "Gerda Gæst"
    assert "Gerda Gæst" in html_of(f"{page}erklaering/", host)


def test_both_put_the_days_into_their_calendars(house: House) -> None:
    stay = make_agreed(house)
    for client, path in ((house.guest, f"ophold/{stay.pk}/kalender.ics"), (house.host, "gaester/kalender.ics")):
        content = signed_in(client).get(PLACE + path).content.decode()
        assert f"DTSTART;VALUE=DATE:{stay.period.starts:%Y%m%d}" in content
        assert "LOCATION:Ungdomsskolen\\, Eksempelvej 1" in content
    assert signed_in(house.other_guest).get(f"{PLACE}gaester/kalender.ics").status_code == 403


def test_the_host_notes_who_came(house: House) -> None:
    stay = make_over(house)
    host, page = signed_in(house.host), f"{PLACE}ophold/{stay.pk}/"
    assert host.post(f"{page}fremmoede/", {"came": "yes"}).status_code == 302
    assert "Gennemført" in html_of(f"{PLACE}gaester/", host)
    assert signed_in(house.guest).post(f"{page}fremmoede/", {"came": "no"}).status_code == 403
    stay.refresh_from_db()
    assert stay.attended is True


def test_everybody_sees_what_is_taken_but_not_by_whom(house: House) -> None:
    make_agreed(house)
    shown = html_of(f"{PLACE}{house.offer.pk}/")
    assert "1 af 1 plads er taget" in " ".join(shown.split())
    assert "Værkstedet" not in shown


def test_a_stay_is_its_two_parties_alone(house: House) -> None:
    stay = make_agreed(house)
    actions.sign(house.guest, stay, "Gerda Gæst", house.offer.version)
    stranger = signed_in(house.other_guest)
    for page in ("", "ja/", "nej/", "aflys/", "erklaering/", "laert/", "kalender.ics", "journal/"):
        assert stranger.get(f"{PLACE}ophold/{stay.pk}/{page}").status_code == 403, page
        assert Client().get(f"{PLACE}ophold/{stay.pk}/{page}").status_code == 302, page
    assert "Værkstedet" not in html_of(f"{PLACE}{house.offer.pk}/", stranger)


def test_what_both_agree_to_publish_is_read_by_all(house: House) -> None:
    stay = make_over(house)
    page = f"{PLACE}ophold/{stay.pk}/"
    guest, host = signed_in(house.guest), signed_in(house.host)
    assert guest.post(f"{page}laert/", {"text": "", "agrees": "on"}).status_code == 422
    assert guest.post(f"{page}laert/", {"text": "Vi så meget.", "agrees": "on"}).status_code == 302
    told = Learned.objects.get()
    places = (f"{PLACE}{house.offer.pk}/", f"{PLACE}laert/")
    for path in places:
        assert "Vi så meget." not in html_of(path)
    for bad in ({}, {"wording": "x"}, {"wording": "7"}):
        host.post(f"{page}laert/{told.pk}/ja/", bad)
        assert "Vi så meget." not in html_of(places[0]), bad
    assert host.post(f"{page}laert/{told.pk}/ja/", {"wording": "1"}).status_code == 302
    for path in (*places, f"{PLACE}laert/{stay.pk}/"):
        shown = html_of(path)
        assert "Vi så meget." in shown
        assert "Gerda" not in shown
    assert host.post(f"{page}laert/{told.pk}/tag-tilbage/").status_code == 302
    assert Client().get(f"{PLACE}laert/{stay.pk}/").status_code == 404


def test_bad_input_leads_back_to_the_form(house: House) -> None:
    host, today = signed_in(house.host), clock.today()
    page = f"{PLACE}{house.offer.pk}/perioder/ny/"
    good = {"starts": (today + timedelta(days=9)).isoformat(), "last_day": (today + timedelta(days=9)).isoformat()}
    for bad in ({"places": "0"}, {"places": "x"}, {"last_day": "2020-01-01"}, {"starts": "2020-01-01"}):
        assert host.post(page, {**good, "places": "1", **bad}).status_code == 422, bad
    assert host.post(page, {**good, "places": "3"}).status_code == 302
    wrong = host.post(f"{PLACE}ny/", {**offer_fields(kind="hus"), "department": house.department.pk, "version": "0"})
    assert wrong.status_code == 422
    assert FieldworkOffer.objects.count() == 1


def test_the_second_editor_keeps_her_text(house: House) -> None:
    host = signed_in(house.host)
    page = f"{PLACE}{house.offer.pk}/rediger/"
    mine = {**offer_fields(title="Fra den ene"), "version": house.offer.version}
    assert host.post(page, mine).status_code == 302
    answer = host.post(page, {**mine, "title": "Fra den anden"})
    assert answer.status_code == 422
    assert all(text in answer.content.decode() for text in ("Fra den ene", "Fra den anden"))


def test_what_waits_stands_on_my_overview(house: House) -> None:
    make_applied(house)
    found = [item.title for items in overview.overview_of(house.host).values() for item in items]
    assert found == ["Værkstedet"]
