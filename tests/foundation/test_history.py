"""History by trigger: what changed, by whom, from which page and why, whatever code did it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from fyrtaarn.foundation.history import because, history_of
from fyrtaarn.organisations.models import Organisation
from tests.harness.people import make_organisation, make_user


@pytest.mark.django_db
def test_every_change_is_kept_even_one_by_plain_sql(kolding: Any) -> None:
    organisation = make_organisation(kolding, name="Før")
    Organisation.objects.filter(pk=organisation.pk).update(name="Nu")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET name = 'Efter' WHERE id = %s", [organisation.pk])
    names = [event.pgh_data["name"] for event in history_of(organisation)]
    assert names == ["Før", "Nu", "Efter"]


@pytest.mark.django_db
def test_a_reason_stands_beside_the_change(kolding: Any) -> None:
    organisation = make_organisation(kolding)
    with because("Navnet var stavet forkert"):
        Organisation.objects.filter(pk=organisation.pk).update(name="Rettet")
    assert history_of(organisation).last().pgh_context["reason"] == "Navnet var stavet forkert"


@pytest.mark.django_db
def test_who_and_from_which_page_stand_beside_a_change_by_request(kolding: Any, client: Client) -> None:
    owner = make_user()
    organisation = make_organisation(kolding, owner=owner)
    client.force_login(owner)
    path = f"/min/organisationer/{organisation.slug}/hold/inviter/"
    client.post(path, {"email": "ny@example.dk", "kind": "member"})
    event = history_of(organisation.invitations.get()).get()
    assert event.pgh_context == {"user": owner.pk, "url": path}


@pytest.mark.django_db
def test_a_password_is_never_in_the_history(db: None) -> None:
    user = make_user()
    assert all("password" not in event.pgh_data for event in history_of(user))
