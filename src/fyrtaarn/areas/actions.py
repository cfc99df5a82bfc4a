"""Every change to a municipality and to what lies within it."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version

from .models import Department, District, LocalBody, Municipality
from .queries import in_use
from .rules import may_administer, may_end_department

Area = TypeVar("Area", Municipality, Department, District, LocalBody)
Part = TypeVar("Part", Department, District, LocalBody)
Ending = Callable[[Department, date, Any], None]

# What other rooms do when a department ends, in the same transaction: (the department, the day, the person).
when_department_ends: list[Ending] = []


def change(subject: Area, values: dict[str, Any], *, version: int, by: Any) -> Area:
    """Set the fields in `values`; `version` is the one that the person saw.

    Raises Refused, or Conflict when somebody else has saved in between.
    """
    with transaction.atomic():
        require(may_administer(by, _municipality_of(subject)))
        locked = claim_version(subject, version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.save()
        log_step(locked, "change", "", "", by=by)
    return locked


def add(model: type[Part], municipality: Municipality, values: dict[str, Any], *, by: Any) -> Part:
    """Add a department, district or local body; its address is made from its name. Raises Refused."""
    with transaction.atomic():
        require(may_administer(by, municipality))
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)  # two of one name get two addresses
        slug = _free_slug(model, municipality, values["name"])
        added: Part = model._default_manager.create(municipality=municipality, slug=slug, **values)
        log_step(added, "add", "", "", by=by)
    return added


def remove(subject: District | LocalBody, *, by: Any) -> None:
    """Remove a district or local body that nothing points at. Raises Refused."""
    with transaction.atomic():
        require(may_administer(by, subject.municipality))
        hold(type(subject)._default_manager.all(), subject.pk)
        if in_use(subject):
            raise Refused(_("It is in use, so it cannot be removed. You can change its name."))
        log_step(subject, "remove", "", "", by=by)
        subject.delete()


def end_department(
    department: Department, on: date, *, successor: Department | None = None, new_name: str = "", by: Any
) -> Department:
    """Let a department end on a day; an existing successor, or a new one called `new_name`, takes over.

    Raises Refused.
    """
    with transaction.atomic():
        locked = Department.objects.select_for_update(of=("self",), no_key=True).get(pk=department.pk)
        require(may_end_department(by, locked, on))
        if successor is None and new_name:
            values = {"name": new_name, "formerly": locked.name, "committee": locked.committee, "valid_from": on}
            successor = add(Department, locked.municipality, values, by=by)
        if successor is not None and (successor.municipality_id != locked.municipality_id or successor == locked):
            raise Refused(_("The successor must be another department of the same municipality."))
        locked.valid_to, locked.successor = on, successor
        locked.version += 1
        locked.save()
        log_step(locked, "end", "", "", by=by)
        for follow in when_department_ends:
            follow(locked, on, by)
    return locked


def _municipality_of(subject: Municipality | Department | District | LocalBody) -> Municipality:
    return subject if isinstance(subject, Municipality) else subject.municipality


def _free_slug(model: type[Part], municipality: Municipality, name: str) -> str:
    wanted = danish_slug(name)[:40]
    taken = set(
        model._default_manager.filter(municipality=municipality, slug__startswith=wanted).values_list("slug", flat=True)
    )
    return next(s for n in range(1, len(taken) + 2) if (s := wanted if n == 1 else f"{wanted}-{n}") not in taken)
