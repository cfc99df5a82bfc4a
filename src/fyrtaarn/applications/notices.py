"""What applicants, and those who handle applications, are told."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.meetings.recipients import team_of
from fyrtaarn.organisations.models import Membership, MembershipKind
from fyrtaarn.people.models import Role, RoleKind, User

from .models import ApplicantQuestion, Application

GROUP = _("Applications for money")
register(NoticeKind("applications.receipt", _("The receipt for an application that your organisation has sent"), GROUP))
register(
    NoticeKind("applications.sent", _("An application has come to the municipality's pools, or has been mended"), GROUP)
)
register(NoticeKind("applications.withdrawn", _("An application to the municipality's pools is withdrawn"), GROUP))
register(NoticeKind("applications.asked", _("The municipality asks about your application"), GROUP))
register(NoticeKind("applications.answered", _("An applicant has answered your question"), GROUP))
register(NoticeKind("applications.closing", _("A call in which you have a draft closes soon"), GROUP))
register(NoticeKind("applications.due", _("Your answer about an application is needed soon"), GROUP))


def office_path(application: Application) -> str:
    """The application's page for those who handle it."""
    return reverse("applications:handled", args=[application.municipality.slug, application.pk])


def owners_of(organisation: int) -> list[User]:
    """The organisation's owners of today."""
    owners = Membership.objects.current().filter(organisation=organisation, kind=MembershipKind.OWNER).order_by()
    return list(User.objects.filter(pk__in=owners.values("user"), is_active=True).order_by("pk"))


def fund_managers_of(municipality: int) -> list[User]:
    """Who looks after the municipality's pools today; where nobody does, its administrators."""
    roles = Role.objects.current().filter(municipality=municipality, user__is_active=True).order_by()
    managers = roles.filter(kind=RoleKind.FUND_MANAGER)
    holders = managers if managers.exists() else roles.filter(kind=RoleKind.MUNICIPALITY_ADMINISTRATOR)
    return list(User.objects.filter(pk__in=holders.values("user")).order_by("pk"))


def tell_receipt(application: Application) -> None:
    """The receipt, with number and moment, to all owners and to the one who sent it."""
    moment = application.sent or clock.now()
    params = {**_about(application), "moment": moment.astimezone(clock.COPENHAGEN).strftime("%d.%m.%Y %H:%M:%S")}
    people = {person.pk: person for person in owners_of(application.organisation_id)}
    if application.sent_by is not None:
        people[application.sent_by.pk] = application.sent_by
    path = reverse("applications:receipt", args=[application.pk])
    tell(
        "applications.receipt", people.values(), path=path, params=params, once=f"{application.pk}-{moment.isoformat()}"
    )


def tell_sent(application: Application, *, mended: bool) -> None:
    people = fund_managers_of(application.municipality_id)
    params = {**_about(application), "mended": mended}
    tell("applications.sent", people, path=office_path(application), params=params)


def tell_withdrawn(application: Application) -> None:
    people = fund_managers_of(application.municipality_id)
    tell("applications.withdrawn", people, path=office_path(application), params=_about(application))


def tell_asked(question: ApplicantQuestion) -> None:
    """The team, with the whole question."""
    application = question.application
    params = {**_about(application), "question": question.text, "mend": question.mend, "due": _day(question.due)}
    tell("applications.asked", team_of(application.organisation_id), path=application.path, params=params)


def tell_answered(question: ApplicantQuestion) -> None:
    application = question.application
    tell("applications.answered", [question.by], path=office_path(application), params=_about(application))


def tell_closing(application: Application) -> int:
    """Remind the team once of a draft in a call that closes; an extended call is a new day. Returns how many were told."""
    closes = application.call.closes
    params = {**_about(application), "day": _day(closes)}
    once = f"{application.pk}-{closes}"
    return _tell_team("closing", application, params, once)


def tell_due(question: ApplicantQuestion) -> int:
    """Remind the team once of a question or of what is to be mended; returns how many were told."""
    params = {**_about(question.application), "mend": question.mend, "day": _day(question.due)}
    return _tell_team("due", question.application, params, str(question.pk))


def _tell_team(name: str, application: Application, params: dict[str, Any], once: str) -> int:
    people = team_of(application.organisation_id)
    return len(tell(f"applications.{name}", people, path=application.path, params=params, once=once))


def _day(day: date | None) -> str:
    return f"{day.day}.{day.month}.{day.year}" if day else ""


def _about(application: Application) -> dict[str, Any]:
    return {
        "title": str(application),
        "number": application.number,
        "organisation": application.organisation.name,
        "pool": application.call.pool.name,
    }
