"""The administrator's pages about the municipality itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fyrtaarn.areas import actions
from fyrtaarn.areas.models import District, LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import RoleKind
from tests.harness.people import make_department, make_employee, make_user

START = "/kolding/administration/"
TODAY = clock.today()


def page_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, name="Anna Administrator")


@pytest.fixture
def hers(administrator: Any) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


ABOUT = {
    "name": "Kolding",
    "name_en": "",
    "welcome_da": "Velkommen",
    "welcome_en": "",
    "accent": "#0f5a6e",
    "version": "1",
}


@pytest.mark.django_db
def test_the_start_page_leads_to_everything(hers: Client) -> None:
    page = page_of(hers.get(START))
    for word in ("Om kommunen", "Forvaltninger", "Bydele", "Lokaludvalg", "Roller og invitationer"):
        assert word in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["", "kommunen/", "forvaltninger/", "forvaltninger/ny/", "bydele/", "bydele/ny/", "lokaludvalg/"]
)
def test_others_are_told_why_not(kolding: Any, koebenhavn: Any, path: str) -> None:
    stranger = make_employee(koebenhavn, RoleKind.MUNICIPALITY_ADMINISTRATOR)
    for other in (make_user(), stranger):
        client = Client()
        client.force_login(other)
        for answer in (client.get(START + path), client.post(START + path, {"name": "X"})):
            if answer.status_code == 405:
                continue  # a list takes nothing
            assert answer.status_code == 403
            assert "kommunens egne administratorer" in page_of(answer)
    assert Client().get(START + path).status_code == 302


@pytest.mark.django_db
def test_the_municipality_presents_itself(hers: Client, kolding: Any) -> None:
    hers.post(f"{START}kommunen/", {**ABOUT, "welcome_da": "Kom indenfor", "accent": "#7A1F3D"})
    kolding.refresh_from_db()
    assert (kolding.welcome_da, kolding.accent) == ("Kom indenfor", "#7a1f3d")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("accent", "#ffee00", "Vælg en mørkere"),
        ("accent", "rød", "form-error"),
        ("name", "", "form-error"),
        ("name", "x" * 201, "form-error"),
        ("version", "x", "form-error"),
    ],
)
def test_bad_input_is_explained_and_kept(hers: Client, kolding: Any, field: str, value: str, words: str) -> None:
    answer = hers.post(f"{START}kommunen/", {**ABOUT, "welcome_da": "Min lange tekst", field: value})
    assert answer.status_code == 200
    assert words in page_of(answer) or field == "version"
    assert "Min lange tekst" in page_of(answer)
    kolding.refresh_from_db()
    assert kolding.welcome_da == ""


@pytest.mark.django_db
def test_the_slower_of_two_editors_loses_nothing(hers: Client, kolding: Any) -> None:
    hers.post(f"{START}kommunen/", {**ABOUT, "welcome_da": "Den første"})
    late = hers.post(f"{START}kommunen/", {**ABOUT, "welcome_da": "Den anden"})
    assert "En anden har gemt ændringer" in page_of(late)
    assert "Den anden" in page_of(late)
    assert 'name="version" value="2"' in page_of(late)
    kolding.refresh_from_db()
    assert kolding.welcome_da == "Den første"
    hers.post(f"{START}kommunen/", {**ABOUT, "welcome_da": "Den anden", "version": "2"})
    kolding.refresh_from_db()
    assert kolding.welcome_da == "Den anden"


@pytest.mark.django_db
def test_departments_are_added_changed_and_ended(hers: Client, kolding: Any) -> None:
    hers.post(f"{START}forvaltninger/ny/", {"name": "Børn & Unge", "valid_from": "1.1.2026"})
    department = kolding.departments.get()
    assert department.slug == "boern-unge"
    hers.post(f"{START}forvaltninger/{department.pk}/", {"name": "Børn og Unge", "version": "1"})
    department.refresh_from_db()
    assert (department.name, department.slug) == ("Børn og Unge", "boern-unge")
    on = TODAY + timedelta(days=10)
    form = hers.get(f"{START}forvaltninger/{department.pk}/afslut/")
    assert form.status_code == 200
    hers.post(f"{START}forvaltninger/{department.pk}/afslut/", {"on": on.isoformat(), "new_name": "Familie"})
    department.refresh_from_db()
    assert department.successor.name == "Familie"
    assert "Familie overtager" in page_of(hers.get(f"{START}forvaltninger/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"on": ""}, "form-error"),
        ({"on": "snart"}, "form-error"),
        ({"on": "2001-01-01"}, "efter den dag"),
        ({"on": "2030-01-01", "successor": "99999"}, "form-error"),
    ],
)
def test_an_end_that_makes_no_sense_is_explained(hers: Client, kolding: Any, data: dict[str, str], words: str) -> None:
    department = make_department(kolding)
    department.valid_from = TODAY - timedelta(days=9)
    department.save()
    answer = hers.post(f"{START}forvaltninger/{department.pk}/afslut/", data)
    assert answer.status_code == 200
    assert words in page_of(answer)
    department.refresh_from_db()
    assert department.valid_to is None


@pytest.mark.django_db
def test_not_both_an_old_and_a_new_successor(hers: Client, kolding: Any) -> None:
    department, other = make_department(kolding, "En"), make_department(kolding, "To")
    data = {"on": "2030-01-01", "successor": str(other.pk), "new_name": "Tre"}
    assert "Ikke begge dele" in page_of(hers.post(f"{START}forvaltninger/{department.pk}/afslut/", data))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        {"latitude": "55.4"},
        {"latitude": "95", "longitude": "9"},
        {"latitude": "nord", "longitude": "9"},
        {"number": "-1"},
        {"name": ""},
    ],
)
def test_a_district_that_makes_no_sense_is_explained(hers: Client, kolding: Any, data: dict[str, str]) -> None:
    answer = hers.post(f"{START}bydele/ny/", {"name": "Ødis", **data})
    assert answer.status_code == 200
    assert "form-error" in page_of(answer)
    assert not kolding.districts.exists()


@pytest.mark.django_db
def test_districts_and_local_committees(hers: Client, kolding: Any, koebenhavn: Any) -> None:
    hers.post(f"{START}bydele/ny/", {"name": "Ødis", "latitude": "55.4", "longitude": "9.4"})
    district = kolding.districts.get()
    hers.post(f"{START}lokaludvalg/ny/", {"name": "Ødis Råd", "kind": "local_council", "district": district.pk})
    assert "Ødis Råd" in page_of(hers.get(f"{START}lokaludvalg/"))
    answer = hers.post(f"{START}bydele/{district.pk}/fjern/", follow=True)
    assert "Den er i brug" in page_of(answer)
    hers.post(f"{START}lokaludvalg/{LocalBody.objects.get().pk}/fjern/")
    assert "Ødis er fjernet." in page_of(hers.post(f"{START}bydele/{district.pk}/fjern/", follow=True))
    foreign = District.objects.create(name="Valby", slug="valby", municipality=koebenhavn)
    assert hers.post(f"{START}bydele/{foreign.pk}/fjern/").status_code == 404
    assert hers.get(f"{START}bydele/{foreign.pk}/").status_code == 404
    data = {"name": "X", "kind": "local_council", "district": foreign.pk}
    assert "form-error" in page_of(hers.post(f"{START}lokaludvalg/ny/", data))


@pytest.mark.django_db
def test_a_closed_portal_has_no_administration(hers: Client, kolding: Any) -> None:
    kolding.open = False
    kolding.save()
    assert hers.get(START).status_code == 404


@pytest.mark.django_db
def test_names_are_shown_as_they_are_written(hers: Client, administrator: Any, kolding: Any) -> None:
    department = make_department(kolding, 'Børn & "Unge" <b>')
    assert actions.change(department, {"abbreviation": "B&U"}, version=1, by=administrator)
    for path in ("forvaltninger/", f"forvaltninger/{department.pk}/", f"forvaltninger/{department.pk}/afslut/"):
        page = page_of(hers.get(START + path))
        assert "Børn &amp; &quot;Unge&quot; &lt;b&gt;" in page
        assert "&amp;amp;" not in page
