"""What the organisation's form asks, and what it leaves out."""

from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.areas.models import District
from fyrtaarn.organisations.forms import OrganisationForm
from fyrtaarn.organisations.models import OrganisationKind
from fyrtaarn.topics.models import Theme

pytestmark = pytest.mark.django_db


def test_every_kind_and_nothing_else_can_be_chosen(kolding: Any) -> None:
    choices = OrganisationForm()["kind"].field.choices  # type: ignore[attr-defined]
    assert [value for value, _label in choices] == OrganisationKind.values


def test_districts_are_asked_for_where_there_are_some(kolding: Any) -> None:
    assert "districts" not in OrganisationForm().fields
    District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    assert "districts" in OrganisationForm().fields


def test_topics_are_named_in_the_reader_s_language() -> None:
    Theme.objects.create(slug="mad", name="Mad", name_en="Food")
    with translation.override("en"):
        assert "Food" in OrganisationForm()["themes"].as_widget()
