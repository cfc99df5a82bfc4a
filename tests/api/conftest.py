"""Public and hidden things for the interface to show or keep."""

from typing import Any

import pytest

from tests.harness.people import make_department, make_organisation, make_user


@pytest.fixture
def content(kolding: Any) -> dict[str, Any]:
    """One public and one hidden of each kind, all in Kolding."""
    from fyrtaarn.agreements.models import Agreement, Party
    from fyrtaarn.foundation import clock
    from fyrtaarn.listings.actions import publish
    from fyrtaarn.portal.models import Challenge, Solution

    user, department, organisation = make_user(), make_department(kolding), make_organisation(kolding)
    shared = {"municipality": kolding, "department": department, "created_by": user, "published": clock.now()}
    challenge = Challenge.objects.create(
        title="Gamle cykler til unge", situation="Vi har cykler, som ingen reparerer.", state="published", **shared
    )
    internal = Challenge.objects.create(
        title="Internt", situation="Kun for os", state="published", audience="municipality", **shared
    )
    draft = Challenge.objects.create(title="Kladde", situation="", municipality=kolding, created_by=user)
    solution = Solution.objects.create(
        organisation=organisation, title="Cykelværksted for unge", what="Unge reparerer cykler sammen med en mester.",
        state="published", published=clock.now(), created_by=user,
    )  # fmt: skip
    hidden = Solution.objects.create(organisation=organisation, title="Kladde", created_by=user)
    agreed = {"municipality": kolding, "goal": "Flere unge i gang", "state": "active", "starts": clock.today()}
    agreement = Agreement.objects.create(title="Værksted i gang", public=True, created_by=user, **agreed)
    secret = Agreement.objects.create(title="Hemmelig", public=False, created_by=user, **agreed)
    for one in (agreement, secret):
        Party.objects.create(agreement=one, department=department)
        Party.objects.create(agreement=one, organisation=organisation)
    for subject in (organisation, challenge, internal, solution):
        publish(subject)
    return {
        "challenge": challenge, "internal": internal, "draft": draft, "solution": solution, "hidden": hidden,
        "agreement": agreement, "secret": secret, "organisation": organisation, "department": department,
    }  # fmt: skip
