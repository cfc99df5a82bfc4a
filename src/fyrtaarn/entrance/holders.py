"""Which person gets a question: by topic, by department, and never one who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import Role, RoleKind, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS

from .models import Absence, CaseTopic, ContactProfile, Ground


@dataclass(frozen=True)
class Choice:
    """A person, and why it is she."""

    user: User
    ground: Ground


@dataclass(frozen=True)
class Away:
    """Somebody who is away today, until when, and who answers meanwhile."""

    until: date
    stand_in: ContactProfile | None


def contacts_of(departments: Iterable[int]) -> list[ContactProfile]:
    """The contact persons of the departments who work there today, in a fixed order."""
    today = clock.today()
    holds = Q(user__roles__starts__lte=today) & (Q(user__roles__ends=None) | Q(user__roles__ends__gt=today))
    here = holds & Q(user__roles__kind__in=EMPLOYEE_KINDS)
    found = ContactProfile.objects.filter(here, department__in=list(departments), ended=None, user__is_active=True)
    rows = found.select_related("user", "department", "deputy__user", "deputy__department").prefetch_related("topics")
    return [one for one in rows.order_by("pk").distinct() if _works_there(one)]


def _works_there(contact: ContactProfile) -> bool:
    return any(role.municipality_id == contact.department.municipality_id for role in contact.user.current_roles)


def away_today(contacts: Iterable[ContactProfile]) -> dict[int, Away]:
    """Those of the contacts who are away today, by primary key."""
    today = clock.today()
    absences = Absence.objects.filter(contact__in=list(contacts), starts__lte=today, ends__gt=today)
    return {
        absence.contact_id: Away(absence.ends, absence.stand_in)
        for absence in absences.select_related("stand_in__user", "stand_in__department").order_by("-pk")
    }


def holder_for(department: Department, topic: CaseTopic | None) -> Choice | None:
    """Who gets a new question; None where the department has nobody who is there.

    Those who take care of the topic come first, then the others, then the lead. For one who is away her stand-in of
    that absence answers, else her deputy.
    """
    contacts = contacts_of([department.pk])
    away = away_today(contacts)
    own = [one for one in contacts if topic is not None and any(each.pk == topic.pk for each in one.topics.all())]
    others = [one for one in contacts if one not in own]
    for group, ground in ((own, Ground.TOPIC), (others, Ground.DEPARTMENT)):
        present = next((one for one in group if one.pk not in away), None)
        if present is not None:
            return Choice(present.user, ground)
        for one in group:
            stand_in = away[one.pk].stand_in or one.deputy
            if stand_in is not None and stand_in.ended is None and stand_in.pk not in away:
                return Choice(stand_in.user, Ground.STAND_IN)
    lead = lead_of(department)
    return Choice(lead, Ground.LEAD) if lead else None


def contact_of(user: User | None, department: Department | None) -> ContactProfile | None:
    """The person's profile in the department."""
    if user is None or department is None:
        return None
    profiles = ContactProfile.objects.filter(user=user, department=department, ended=None)
    return profiles.select_related("deputy__user").first()


def lead_of(department: Department | None) -> User | None:
    """Who leads the department today; of several the one who has done so longest."""
    leads = Role.objects.current().filter(department=department, kind=RoleKind.DEPARTMENT_LEAD, user__is_active=True)
    lead = leads.select_related("user").order_by("starts", "pk").first() if department else None
    return lead.user if lead else None


def reached_for(user: User | None, department: Department | None) -> list[User]:
    """Whom news for a holder reach: herself, and while she is away also the one who answers for her."""
    if user is None:
        return []
    contact = contact_of(user, department)
    away = away_today([contact]).get(contact.pk) if contact else None
    if contact is None or away is None:
        return [user]
    stand_in = away.stand_in or contact.deputy
    return [user, stand_in.user] if stand_in else [user]
