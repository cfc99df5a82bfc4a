"""A beginning for a municipality: the usual topics, and who could become a contact person."""

import csv
from importlib.resources import files
from io import StringIO

from django.db import transaction

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import Role, User

from . import rules
from .models import CaseTopic, ContactProfile

Candidate = tuple[str, User, Department]


def usual_topics() -> list[dict[str, str]]:
    """The topics that come with the product: name, English name, working days and words."""
    text = (files("fyrtaarn.entrance") / "data" / "topics.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text, newline="")))


@transaction.atomic
def add_usual_topics(user: User, municipality: Municipality) -> int:
    """Add those whose names the municipality has not had; returns how many."""
    require(rules.may_settle(user, municipality))
    hold(Municipality.objects.all(), municipality.pk)  # two clicks add them once
    known = set(CaseTopic.objects.filter(municipality=municipality).order_by().values_list("name", flat=True))
    new = [row for row in usual_topics() if row["name"] not in known]
    for row in new:
        CaseTopic.objects.create(
            municipality=municipality,
            name=row["name"],
            name_en=row["name_en"],
            words=row["words"],
            days=int(row["days"]),
        )
    return len(new)


def candidates(municipality: Municipality) -> dict[str, Candidate]:
    """Those who answer questions by their role and have no profile in the department, by a key for a form."""
    taken = set(
        ContactProfile.objects.filter(department__municipality=municipality, ended=None)
        .order_by()
        .values_list("user", "department")
    )
    roles = Role.objects.current().filter(
        municipality=municipality, kind__in=rules.SORTING_KINDS, user__is_active=True, department__isnull=False
    )
    found = {}
    for role in roles.select_related("user", "department").order_by("user__name", "pk"):
        if role.department is not None and (role.user_id, role.department_id) not in taken:
            label = f"{role.user}, {role.department.label}"
            found[f"{role.user_id}-{role.department_id}"] = (label, role.user, role.department)
    return found
