"""Changes to a municipality and to what lies within it."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from fyrtaarn.areas import actions
from fyrtaarn.areas.models import Department, District, LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import history_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.models import Role, RoleKind
from tests.harness.people import make_department, make_employee, make_organisation

TODAY = clock.today()


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR, name="Anna Administrator")


@pytest.mark.django_db
def test_an_administrator_changes_her_municipality(kolding: Any, administrator: Any) -> None:
    changed = actions.change(kolding, {"welcome_da": "Velkommen til Kolding"}, version=1, by=administrator)
    kolding.refresh_from_db()
    assert kolding.welcome_da == "Velkommen til Kolding"
    assert changed.version == 2
    assert steps_of(kolding).get().by == administrator
    assert history_of(kolding).count() >= 2


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.MUNICIPALITY_ADMINISTRATOR}))
def test_nobody_else_does(kolding: Any, kind: str) -> None:
    with pytest.raises(Refused):
        actions.change(kolding, {"name": "X"}, version=1, by=make_employee(kolding, kind, make_department(kolding)))


@pytest.mark.django_db
def test_an_administrator_of_another_municipality_does_not_either(kolding: Any, koebenhavn: Any) -> None:
    stranger = make_employee(koebenhavn, RoleKind.MUNICIPALITY_ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.change(kolding, {"name": "X"}, version=1, by=stranger)
    with pytest.raises(Refused):
        actions.add(District, kolding, {"name": "X"}, by=stranger)
    with pytest.raises(Refused):
        actions.end_department(make_department(kolding), TODAY, by=stranger)


@pytest.mark.django_db
def test_one_whose_role_has_ended_does_not(kolding: Any, administrator: Any) -> None:
    Role.objects.filter(user=administrator).update(starts=TODAY - timedelta(days=9), ends=TODAY)
    with pytest.raises(Refused):
        actions.change(kolding, {"name": "X"}, version=1, by=administrator)


@pytest.mark.django_db
def test_the_second_of_two_editors_is_told(kolding: Any, administrator: Any) -> None:
    actions.change(kolding, {"welcome_da": "Først"}, version=1, by=administrator)
    with pytest.raises(Conflict):
        actions.change(kolding, {"welcome_da": "Sidst"}, version=1, by=administrator)
    kolding.refresh_from_db()
    assert kolding.welcome_da == "Først"


@pytest.mark.django_db
def test_two_of_one_name_get_two_addresses(kolding: Any, administrator: Any) -> None:
    slugs = [actions.add(District, kolding, {"name": "Søndre Ås"}, by=administrator).slug for _ in range(3)]
    assert slugs == ["soendre-aas", "soendre-aas-2", "soendre-aas-3"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_addresses(kolding: Any) -> None:
    administrator = make_employee(kolding, RoleKind.MUNICIPALITY_ADMINISTRATOR)
    barrier, faults = Barrier(2), []

    def add() -> None:
        barrier.wait()
        try:
            actions.add(District, kolding, {"name": "Byen"}, by=administrator)
        except Exception as fault:  # noqa: BLE001 - shown below
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(kolding.districts.values_list("slug", flat=True)) == ["byen", "byen-2"]


@pytest.mark.django_db
def test_an_unused_district_can_be_removed(kolding: Any, administrator: Any) -> None:
    district = actions.add(District, kolding, {"name": "Ødis"}, by=administrator)
    actions.remove(district, by=administrator)
    assert not kolding.districts.exists()


@pytest.mark.django_db
def test_a_district_in_use_cannot(kolding: Any, administrator: Any) -> None:
    district = actions.add(District, kolding, {"name": "Ødis"}, by=administrator)
    body = actions.add(
        LocalBody, kolding, {"name": "Ødis Råd", "kind": "local_council", "district": district}, by=administrator
    )
    with pytest.raises(Refused):
        actions.remove(district, by=administrator)
    actions.remove(body, by=administrator)
    make_organisation(kolding).districts.add(district)
    with pytest.raises(Refused):
        actions.remove(district, by=administrator)
    assert District.objects.filter(pk=district.pk).exists()


@pytest.mark.django_db
def test_a_department_ends_and_a_new_one_takes_over(kolding: Any, administrator: Any) -> None:
    old = make_department(kolding, "Socialforvaltningen")
    editor = make_employee(kolding, RoleKind.DEPARTMENT_EDITOR, old, name="Else Redaktør")
    on = TODAY + timedelta(days=30)
    ended = actions.end_department(old, on, new_name="Social og Job", by=administrator)
    successor = ended.successor
    assert successor is not None
    assert (successor.valid_from, successor.formerly) == (on, "Socialforvaltningen")
    assert list(editor.roles.order_by("starts").values_list("department", "ends")) == [
        (old.pk, on),
        (successor.pk, None),
    ]
    assert editor.roles.get(department=successor).starts == on
    assert list(kolding.departments.current()) == [old]


@pytest.mark.django_db
def test_without_a_successor_the_roles_end_too(kolding: Any, administrator: Any) -> None:
    old = make_department(kolding)
    contact = make_employee(kolding, RoleKind.CONTACT_PERSON, old)
    actions.end_department(old, TODAY, by=administrator)
    assert contact.roles.get().ends == TODAY
    assert contact.notices.get().kind == "people.role-ended"


@pytest.mark.django_db
def test_one_who_is_in_both_departments_is_not_there_twice(kolding: Any, administrator: Any) -> None:
    old, successor = make_department(kolding, "Gammel"), make_department(kolding, "Ny")
    contact = make_employee(kolding, RoleKind.CONTACT_PERSON, old)
    Role.objects.create(user=contact, kind=RoleKind.CONTACT_PERSON, municipality=kolding, department=successor)
    actions.end_department(old, TODAY, successor=successor, by=administrator)
    assert contact.roles.filter(department=successor).count() == 1


@pytest.mark.django_db
def test_a_department_does_not_end_twice_nor_before_it_begins(kolding: Any, administrator: Any) -> None:
    department = make_department(kolding)
    Department.objects.filter(pk=department.pk).update(valid_from=date(2026, 1, 1))
    with pytest.raises(Refused):
        actions.end_department(department, date(2026, 1, 1), by=administrator)
    actions.end_department(department, TODAY, by=administrator)
    with pytest.raises(Refused):
        actions.end_department(department, TODAY, by=administrator)


@pytest.mark.django_db
def test_the_successor_belongs_to_the_same_municipality(kolding: Any, koebenhavn: Any, administrator: Any) -> None:
    department = make_department(kolding)
    for stranger in (make_department(koebenhavn), department):
        with pytest.raises(Refused):
            actions.end_department(department, TODAY, successor=stranger, by=administrator)
