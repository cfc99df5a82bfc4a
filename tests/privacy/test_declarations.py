"""Every model says what it holds of people."""

from django.contrib.auth import get_user_model
from django.db import models

from fyrtaarn.foundation import personal_data
from fyrtaarn.foundation.personal_data import HOLDINGS, PLAIN, Fate
from fyrtaarn.people.models import User
from fyrtaarn.topics.models import Theme


def leads_to(model: type[models.Model], lookup: str) -> models.Field:  # type: ignore[type-arg]
    """The field at the end of a lookup."""
    current: type[models.Model] = model
    *steps, last = lookup.split("__")
    for step in steps:
        current = current._meta.get_field(step).related_model  # type: ignore[assignment]
    return current._meta.pk if last == "pk" else current._meta.get_field(last)  # type: ignore[return-value]


def test_no_model_and_no_field_is_undeclared() -> None:
    assert personal_data.undeclared() == []


def test_a_field_that_nobody_has_declared_is_found() -> None:
    kept = PLAIN.pop("topics.theme")
    try:
        assert "topics.theme" in personal_data.undeclared()
        personal_data.holds_nothing(Theme, *(kept - {"description_da"}))
        assert personal_data.undeclared() == ["topics.theme.description_da"]
    finally:
        PLAIN["topics.theme"] = kept


def test_no_declaration_names_what_is_not_there() -> None:
    for holding in HOLDINGS.values():
        names = {field.name for field in holding.model._meta.get_fields()}
        assert {*holding.fields, *holding.plain, *holding.secret, *holding.addresses} <= names, holding.key
    for label, plain in PLAIN.items():
        model = next(m for m in personal_data.apps.get_models() if m._meta.label_lower == label)
        assert plain <= {field.name for field in model._meta.get_fields()}, label


def test_each_lookup_leads_to_a_person_a_moment_or_a_municipality() -> None:
    for holding in HOLDINGS.values():
        for lookup in (*holding.about, *holding.by):
            found = leads_to(holding.model, lookup)
            assert found.related_model is get_user_model() or found is User._meta.pk, (holding.key, lookup)
        if holding.retention:
            assert isinstance(leads_to(holding.model, holding.retention.since), models.DateField), holding.key
            if holding.retention.municipality:
                found = leads_to(holding.model, holding.retention.municipality)
                assert found.related_model._meta.label == "areas.Municipality", holding.key  # type: ignore[union-attr]


def test_what_stays_says_why() -> None:
    """And history is emptied, never rewritten, so that nothing tracked holds copies to be taken out of."""
    for holding in HOLDINGS.values():
        keeps = holding.fields_with(Fate.KEEP) or ((holding.about or holding.by) and not holding.erase)
        emptied = set(holding.about) <= set(holding.fields) and not holding.by and not holding.fields_with(Fate.KEEP)
        assert holding.stays or not keeps or emptied, holding.key
        assert not (holding.history and holding.fields_with(Fate.REPLACE)), holding.key
