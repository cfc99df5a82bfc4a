"""What a signed-in person can do next, by what she is here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS


@dataclass(frozen=True)
class FirstStep:
    """One thing to do, and the page where it begins."""

    title: str | Promise
    text: str | Promise
    path: str


def first_steps(user: User) -> list[FirstStep]:
    """At least one step for everybody: for employees, for people in organisations, and for those who are neither."""
    steps = []
    workplaces = {role.municipality.slug for role in user.current_roles if role.kind in EMPLOYEE_KINDS}
    for slug in sorted(workplaces):
        steps.append(
            FirstStep(
                _("Write a challenge"),
                _("It takes three minutes, and you see at once which solutions fit."),
                f"/{slug}/udfordringer/ny/",
            )
        )
    looked_after = {role.municipality.slug for role in user.current_roles if role.kind == RoleKind.FUND_MANAGER}
    for slug in sorted(looked_after):
        steps.append(
            FirstStep(
                _("Look after the pools of money"),
                _("Rules, calls and contributions, and the applications that have come in."),
                f"/{slug}/puljer/",
            )
        )
    if memberships_of(user):
        steps.append(
            FirstStep(
                _("Describe what you offer"),
                _("Write it once. Then municipalities find you, and you hear when a challenge fits."),
                "/min/loesninger/",
            )
        )
        steps.append(
            FirstStep(
                _("Apply for money"),
                _("See the calls that are open, and go on with what you have begun."),
                "/min/ansoegninger/",
            )
        )
    elif not workplaces:
        steps.append(
            FirstStep(
                _("Add your organisation"),
                _("With a CVR number most of it fills itself in."),
                "/min/organisationer/",
            )
        )
    steps.append(
        FirstStep(
            _("Search everything"),
            _("Challenges, solutions and organisations in all the municipalities here."),
            "/soeg/",
        )
    )
    return steps
