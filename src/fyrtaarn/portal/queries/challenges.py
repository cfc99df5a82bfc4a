"""What the page of a challenge and the list of mine read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.models import Step
from fyrtaarn.foundation.nesting import Nested
from fyrtaarn.foundation.transitions import Transition
from fyrtaarn.listings.growing import Grown, origins_of
from fyrtaarn.listings.models import Audience
from fyrtaarn.meetings.errands import dialogue_about
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import EMPLOYEE_KINDS

from .. import rules
from ..models import ENDED_STATES, OPEN_STATES, Challenge, ChallengeState
from ..rules.challenges import EDITING_KINDS, LEADING_KINDS
from ..states import CHALLENGE_STATES, ENDING_STEPS, PLAIN_STEPS
from .fits import Fits, fits_of_challenge, listing_of, with_listing
from .names import Names, names_of, with_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

MOST_FITS = 6
STEPS = Nested(Step)
STEPS_TOLD = {
    "publish": _("The challenge was published"),
    "take_back": _("It was taken back to a draft"),
    "start_dialogue": _("Dialogue began"),
    "dialogue_opened": _("Dialogue began"),
    "start_trial": _("A trial began"),
    "end_trial": _("The trial ended"),
    "seek_again": _("More solutions were sought"),
    "solve": _("The challenge was solved"),
    "close": _("The challenge was closed"),
    "reopen": _("The challenge was opened again"),
}


@dataclass(frozen=True)
class ChallengePage:
    """All that the page of a challenge shows, for one reader."""

    challenge: Challenge
    names: Names
    listing: int | None
    may_edit: bool
    may_delete: bool
    may_invite: bool
    is_open: bool
    is_ended: bool
    shows_solutions: bool
    may_offer: bool  # the reader's organisation can answer
    steps: list[Transition]  # those that need nothing but the wish
    endings: list[Transition]
    leaving: list[Department]  # the partners that the reader can take out
    history: list[dict[str, Any]]
    fits: Fits
    collaborations: list[Agreement]
    origins: list[Grown]  # of what it has grown, for those who edit it


def whole_challenges() -> QuerySet[Challenge]:
    """Challenges with all that their pages show."""
    rows = Challenge.objects.select_related("municipality", "department", "contact").prefetch_related("partners")
    steps = Step.objects.filter(subject_type=Challenge._meta.label_lower, subject_id=OuterRef("pk"))
    rows = rows.annotate(read_steps=STEPS.of(steps), read_answered=dialogue_about("challenge", F("pk")))
    return with_listing(with_names(rows, "challenges"), "challenge")


def challenge_page(user: "AnyUser", challenge: Challenge) -> ChallengePage:
    """What this reader is shown of a challenge that she may see."""
    listing, names = listing_of(challenge), names_of(challenge)
    may_edit = bool(rules.may_edit_challenge(user, challenge))
    teams = [] if may_edit else [membership.organisation_id for membership in memberships_of(user)]
    allowed = CHALLENGE_STATES.allowed(user, challenge) if may_edit else []
    fits = fits_of_challenge(user, challenge, names, MOST_FITS, teams)
    return ChallengePage(
        challenge=challenge,
        names=names,
        listing=listing,
        may_edit=may_edit,
        may_delete=bool(rules.may_delete_challenge(user, challenge)),
        may_invite=may_edit and bool(rules.may_invite_for(user, challenge)),
        is_open=challenge.state in OPEN_STATES,
        is_ended=challenge.state in ENDED_STATES,
        shows_solutions=challenge.state in OPEN_STATES and bool(fits.solutions or not teams),
        may_offer=challenge.state in OPEN_STATES and bool(teams),
        steps=[step for step in allowed if step.name in PLAIN_STEPS],
        endings=[step for step in allowed if step.name in ENDING_STEPS],
        leaving=[p for p in challenge.partners.all() if rules.may_leave_challenge(user, challenge, p)],
        history=told_steps(challenge),
        fits=fits,
        collaborations=list(collaborations_about(listing)) if listing else [],
        origins=origins_of("challenge", challenge.pk) if may_edit else [],
    )


def told_steps(challenge: Challenge) -> list[dict[str, Any]]:
    """The steps of a challenge from `whole_challenges` for `<c-timeline>`: what happened and when, not by whom."""
    return [
        {"label": STEPS_TOLD[step.name], "by": "", "at": step.at, "reason": step.reason}
        for step in STEPS.objects(challenge.read_steps)  # type: ignore[attr-defined]
    ]


def collaborations_about(listing: int) -> QuerySet[Agreement]:
    """The collaborations that came of a listing and that everybody may see."""
    about = Agreement.objects.filter(Q(sought=listing) | Q(offered=listing))
    return about.filter(public=True, state__in=PUBLIC_STATES).order_by("-created", "-pk")


def challenges_of(user: User) -> QuerySet[Challenge]:
    """The challenges that the person may change, the latest changed first."""
    writes = [role for role in user.current_roles if role.kind in EDITING_KINDS]
    departments = [role.department_id for role in writes]
    shared = Challenge.partners.through.objects.filter(department__in=departments)
    mine = (
        Q(municipality__in=[role.municipality_id for role in user.current_roles if role.kind in LEADING_KINDS])
        | Q(department__in=departments)
        | Q(pk__in=shared.order_by().values("challenge"))
        | Q(department=None, created_by=user, municipality__in=[role.municipality_id for role in writes])
    )
    return Challenge.objects.filter(mine).select_related("municipality", "department").order_by("-updated", "-pk")


def visible_challenges(user: "AnyUser") -> QuerySet[Challenge]:
    """The published challenges that the person may see, the newest first."""
    employed = [role.municipality_id for role in getattr(user, "current_roles", []) if role.kind in EMPLOYEE_KINDS]
    seen = Q(audience=Audience.PUBLIC) | Q(municipality__in=employed)
    return Challenge.objects.exclude(state=ChallengeState.DRAFT).filter(seen).order_by("-published", "-pk")
