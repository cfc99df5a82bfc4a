"""What the administration's pages show."""

from typing import Any

import pghistory.models
from django.db import models

from .models import Department, District, LocalBody, Municipality


def departments_of(municipality: Municipality) -> models.QuerySet[Department]:
    """All departments, also ended and coming ones, each with its successor."""
    return municipality.departments.select_related("successor")


def districts_of(municipality: Municipality) -> models.QuerySet[District]:
    return municipality.districts.all()


def local_bodies_of(municipality: Municipality) -> models.QuerySet[LocalBody]:
    return municipality.local_bodies.select_related("district")


def in_use(subject: models.Model) -> bool:
    """Whether anything but its own history points at the subject."""
    fields: list[Any] = subject._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if field.auto_created and not field.concrete]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: subject}).exists()
        for relation in relations
        if not issubclass(relation.related_model, pghistory.models.Event)
    )
