"""From the rooms' nouns to what the interface answers with."""

from typing import Any

from django.conf import settings

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.models import Department, District, Municipality
from fyrtaarn.effects.models import Indicator, IndicatorVersion, Outcome
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.portal.models import Challenge, Solution


def address(path: str) -> str:
    """The whole address of a page."""
    return f"{settings.PUBLIC_URL}{path}"


def place(area: Municipality | District) -> dict[str, str]:
    return {"slug": area.slug, "name": area.name}


def topics(subject: Any) -> dict[str, Any]:
    """What most things have in common: themes, target groups, UN goals and districts."""
    return {
        "themes": [theme.slug for theme in subject.themes.all()],
        "target_groups": [group.slug for group in subject.target_groups.all()],
        "goals": [goal.number for goal in subject.goals.all()],
        "districts": [place(district) for district in subject.districts.all()],
    }


def copied(subject: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(subject, name) for name in names}


def municipality(subject: Municipality) -> dict[str, Any]:
    return copied(subject, "code", "slug", "name", "name_en", "region", "open")


def department(subject: Department) -> dict[str, Any]:
    names = ("slug", "name", "name_en", "abbreviation", "committee", "valid_from", "valid_to")
    return {
        "id": subject.pk,
        "municipality": place(subject.municipality),
        **copied(subject, *names),
        "url": address(f"/{subject.municipality.slug}/forvaltninger/{subject.slug}/"),
    }


def organisation_short(subject: Organisation) -> dict[str, Any]:
    return {"id": subject.pk, **copied(subject, "name", "cvr"), "url": address(f"/organisationer/{subject.slug}/")}


def organisation(subject: Organisation) -> dict[str, Any]:
    names = (
        "slug", "kind", "what", "for_whom", "language", "employees", "website", "registered_social_enterprise",
        "example", "updated",
    )  # fmt: skip
    return {
        **organisation_short(subject),
        "municipality": place(subject.home),
        **copied(subject, *names),
        **topics(subject),
    }


def challenge(subject: Challenge) -> dict[str, Any]:
    names = (
        "title", "situation", "whom", "change", "where", "when", "needed_by", "possibilities", "state", "learned",
        "language", "published", "updated",
    )  # fmt: skip
    owners = [subject.department, *subject.partners.all()]
    return {
        "id": subject.pk,
        "municipality": place(subject.municipality),
        "departments": [owner.slug for owner in owners if owner],
        **copied(subject, *names),
        **topics(subject),
        "url": address(subject.path),
    }


def solution(subject: Solution) -> dict[str, Any]:
    names = (
        "title", "what", "for_whom", "evidence", "stage", "delivers_everywhere", "capacity", "capacity_now",
        "price_model", "price_note", "language", "confirmed", "fresh_until", "published", "updated",
    )  # fmt: skip
    return {
        "id": subject.pk,
        "organisation": organisation_short(subject.organisation),
        **copied(subject, *names),
        **topics(subject),
        "delivers_in": [place(area) for area in subject.delivers_in.all()],
        "references": [copied(reference, "title", "year", "note") for reference in subject.references.all()],
        "url": address(subject.path),
    }


def collaboration(subject: Agreement) -> dict[str, Any]:
    names = (
        "title", "goal", "promised_effect", "starts", "ends", "state", "worked", "did_not_work", "next_time", "updated",
    )  # fmt: skip
    return {
        "id": subject.pk,
        "municipality": place(subject.municipality),
        "parties": [
            {"kind": "department" if party.department_id else "organisation", "name": str(party)}
            for party in subject.parties.all()
        ],
        **copied(subject, *names),
        "url": address(f"/samarbejder/{subject.pk}/"),
    }


def indicator(subject: Indicator) -> dict[str, Any]:
    now: Any = subject.current  # those of today have one
    codes = ("measure", "unit", "timing", "direction", "frequency", "evidence", "instrument", "references")
    texts = ("name", "counts", "leaves_out", "numerator", "denominator", "guidance")
    return {
        "id": subject.pk,
        "key": subject.key,
        "version": now.number,
        "since": now.since,
        "bottom_line": subject.outcome.bottom_line,
        "outcome": {"key": subject.outcome.key, **_both(subject.outcome, "name")},
        "theme": subject.theme.slug,
        "goal": subject.goal_id,
        "target": subject.target,
        **copied(now, *codes),
        **{name: value for text in texts for name, value in _both(now, text).items()},
        "url": address(subject.path),
    }


def _both(subject: Outcome | IndicatorVersion, text: str) -> dict[str, str]:
    """A text in both languages."""
    return copied(subject, f"{text}_da", f"{text}_en")
