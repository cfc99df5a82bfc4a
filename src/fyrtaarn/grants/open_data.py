"""Grants as open data in the 360Giving Data Standard: a package that its schema accepts.

https://standard.threesixtygiving.org (the schema stands in shared/standards/360giving for the tests). Amounts are
kroner; organisations are named by the Danish business register (DK-CVR) where they have a number, else by our own.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from fyrtaarn.areas.models import Municipality
from fyrtaarn.organisations.models import Organisation

from .models import Grant

PREFIX = "fyrtaarn"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def package(municipality: Municipality, grants: Iterable[Grant], site: str) -> dict[str, Any]:
    """All grants of a municipality; `site` is the address of this installation, without a slash at its end."""
    return {"license": LICENCE, "grants": [as_grant(municipality, grant, site) for grant in grants]}


def as_grant(municipality: Municipality, grant: Grant, site: str) -> dict[str, Any]:
    """One grant."""
    months = (grant.ends.year - grant.starts.year) * 12 + grant.ends.month - grant.starts.month
    found: dict[str, Any] = {
        "id": f"{PREFIX}-{municipality.code}-{grant.pk}",
        "title": grant.title,
        "description": f"{grant.title}. {grant.pool.name}.",
        "currency": "DKK",
        "amountAwarded": float(Decimal(grant.oere) / 100),
        "awardDate": grant.granted.isoformat(),
        "plannedDates": [
            {"startDate": grant.starts.isoformat(), "endDate": grant.last_day.isoformat(), "duration": max(1, months)}
        ],
        "recipientOrganization": [_recipient(grant.organisation, site)],
        "fundingOrganization": [{"id": f"DK-KOMMUNE-{municipality.code}", "name": municipality.name}],
        "grantProgramme": [{"code": grant.pool.slug, "title": grant.pool.name}],
        "dataSource": site + reverse("grants:public", args=[municipality.slug]),
    }
    if grant.district is not None:
        found["beneficiaryLocation"] = [{"name": grant.district.name, "countryCode": "DK"}]
    return found


def _recipient(organisation: Organisation, site: str) -> dict[str, Any]:
    address = site + reverse("portal:organisation", args=[organisation.slug])
    if organisation.cvr:
        return {
            "id": f"DK-CVR-{organisation.cvr}",
            "name": organisation.name,
            "companyNumber": organisation.cvr,
            "url": address,
        }
    return {"id": f"{PREFIX}-{organisation.pk}", "name": organisation.name, "url": address}
