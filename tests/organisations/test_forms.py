"""What the organisation's form asks, and what it leaves out."""

from typing import Any

import pytest

from fyrtaarn.areas.models import District
from fyrtaarn.organisations.forms import OrganisationForm
from fyrtaarn.organisations.models import OrganisationKind

pytestmark = pytest.mark.django_db


def test_every_kind_and_nothing_else_can_be_chosen(kolding: Any) -> None:
    choices = OrganisationForm()["kind"].field.choices  # type: ignore[attr-defined]
    assert [value for value, _label in choices] == OrganisationKind.values


def test_districts_are_asked_for_where_there_are_some(kolding: Any) -> None:
    assert "districts" not in OrganisationForm().fields
    District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    assert "districts" in OrganisationForm().fields
