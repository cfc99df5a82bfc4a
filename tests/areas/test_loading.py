"""The starting data of areas."""

import pytest

from fyrtaarn.areas import actions
from fyrtaarn.areas.loading import load_areas
from fyrtaarn.areas.models import Department, District, LocalBody, Municipality
from fyrtaarn.people.models import RoleKind
from tests.harness.people import make_employee


def counts() -> list[int]:
    return [model.objects.count() for model in (Municipality, Department, District, LocalBody)]


@pytest.mark.django_db
def test_all_98_municipalities_come_with_the_product() -> None:
    load_areas()
    assert counts() == [98, 12, 14, 15]
    assert not Municipality.objects.filter(open=True).exists()
    kolding = Municipality.objects.get(code="0621")
    assert (kolding.slug, kolding.region) == ("kolding", "Region Syddanmark")
    assert kolding.latitude is not None


@pytest.mark.django_db
def test_local_committees_know_their_district() -> None:
    load_areas()
    vesterbro = LocalBody.objects.get(municipality__code="0101", slug="vesterbro")
    assert vesterbro.district is not None
    assert vesterbro.district.slug == "vesterbro-kongens-enghave"


@pytest.mark.django_db
def test_loading_twice_adds_nothing() -> None:
    load_areas()
    before = counts()
    load_areas()
    assert counts() == before


@pytest.mark.django_db
def test_what_a_municipality_has_edited_stands() -> None:
    load_areas()
    Municipality.objects.filter(code="0621").update(name="Kolding By", open=True, accent="#123456")
    Department.objects.filter(municipality__code="0621", slug="social").update(name="Social og Sundhed")
    load_areas()
    kolding = Municipality.objects.get(code="0621")
    assert (kolding.name, kolding.open, kolding.accent) == ("Kolding By", True, "#123456")
    assert kolding.departments.get(slug="social").name == "Social og Sundhed"


@pytest.mark.django_db
def test_what_a_municipality_has_removed_stays_away() -> None:
    load_areas()
    kolding = Municipality.objects.get(code="0621")
    administrator = make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR)
    actions.remove(kolding.local_bodies.get(slug="vamdrup"), by=administrator)
    load_areas()
    assert not kolding.local_bodies.filter(slug="vamdrup").exists()
