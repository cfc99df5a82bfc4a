"""What the pages of departments and organisations read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement, Party
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.listings.models import Audience
from fyrtaarn.organisations.ambassadors.queries import ambassadors_of
from fyrtaarn.organisations.ambassadors.rules import may_appoint
from fyrtaarn.organisations.models import Ambassador, Membership, Organisation, Verification
from fyrtaarn.organisations.profile import sections_of
from fyrtaarn.organisations.queries import valid_verifications
from fyrtaarn.organisations.rules import is_member, verifying_municipalities
from fyrtaarn.people.models import Role, RoleKind, User

from ..models import Challenge, Solution, SolutionState
from .challenges import visible_challenges
from .names import Names, names_of, with_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

MOST_SHOWN = 12
CONTACTS = (RoleKind.CONTACT_PERSON, RoleKind.COMMUNITY_MANAGER)


@dataclass(frozen=True)
class DepartmentPage:
    """A department as its page shows it; contacts only for readers who are signed in."""

    department: Department
    ended: bool
    challenges: list[Challenge]
    collaborations: list[Agreement]
    contacts: list[Role]
    ambassadors: list[Ambassador]
    appoints: bool  # whether the reader asks people to be ambassadors of it


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation as its page shows it; nothing of its team."""

    organisation: Organisation
    names: Names
    solutions: list[tuple[Solution, StoredFile | None]]
    """The offered ones, each with its first picture."""
    collaborations: list[Agreement]
    verifications: list[Verification]
    is_mine: bool
    can_be_claimed: bool
    verifiers: list[Municipality]  # those in whose name the reader may verify it
    sections: list[tuple[str, Any]]
    """What other rooms show: each template with what it shows."""


def departments_with_ambassadors(municipality: Municipality) -> list[tuple[Department, list[Ambassador]]]:
    """The municipality's departments today, each with the ambassadors whom everybody may see."""
    found: dict[int, list[Ambassador]] = {}
    for one in ambassadors_of(municipality).prefetch_related(None):
        found.setdefault(one.department_id, []).append(one)
    return [(department, found.get(department.pk, [])) for department in departments_of(municipality)]


def departments_of(municipality: Municipality) -> QuerySet[Department]:
    """The municipality's departments today, each with how many public challenges it leads or shares (`challenges_open`)."""
    open_now = Q(audience=Audience.PUBLIC, state__in=("published", "in_dialogue", "in_trial"))
    led = Count("challenges", filter=prefixed("challenges", open_now), distinct=True)
    shared = Count("shared_challenges", filter=prefixed("shared_challenges", open_now), distinct=True)
    return Department.objects.current().filter(municipality=municipality).annotate(challenges_open=led + shared)


def prefixed(name: str, condition: Q) -> Q:
    """The same condition on related rows."""
    return Q(**{f"{name}__{key}": value for key, value in condition.children})  # type: ignore[misc]


def department_page(user: "AnyUser", department: Department) -> DepartmentPage:
    """What this reader is shown of a department."""
    owned = Q(department=department) | Q(pk__in=department.shared_challenges.order_by().values("pk"))
    challenges = visible_challenges(user).filter(owned).select_related("municipality", "department")
    return DepartmentPage(
        department=department,
        ended=department.valid_to is not None and department.valid_to <= clock.today(),
        challenges=list(challenges[:MOST_SHOWN]),
        collaborations=list(collaborations_with(Q(department=department))),
        contacts=contacts_of(department) if user.is_authenticated else [],
        ambassadors=list(ambassadors_of(department.municipality_id, department=department)),
        appoints=bool(may_appoint(user, department)),
    )


def contacts_of(department: Department) -> list[Role]:
    """The department's contact persons today, and the municipality's community managers."""
    here = Q(department=department) | Q(department=None, kind=RoleKind.COMMUNITY_MANAGER)
    roles = Role.objects.current().filter(here, municipality=department.municipality_id, kind__in=CONTACTS)
    return list(roles.filter(user__is_active=True).select_related("user").order_by("-kind", "user__name", "pk"))


def collaborations_with(party: Q) -> QuerySet[Agreement]:
    """The collaborations of a party that everybody may see, the newest first."""
    parties = Party.objects.filter(party, agreement=OuterRef("pk"))
    shown = Agreement.objects.filter(Exists(parties), public=True, state__in=PUBLIC_STATES)
    return shown.order_by("-created", "-pk")[:MOST_SHOWN]


def whole_organisations() -> QuerySet[Organisation]:
    """Organisations with all that their pages show."""
    return with_names(Organisation.objects.select_related("home"), "organisations")


def organisation_page(user: "AnyUser", organisation: Organisation) -> OrganisationPage:
    """What this reader is shown of an organisation."""
    mine = is_member(user, organisation)
    published = Solution.objects.filter(organisation=organisation, state=SolutionState.PUBLISHED)
    solutions = list(published.select_related("organisation").order_by("-published", "-pk")[:MOST_SHOWN])
    pictures = files_of_each(solutions)
    claimed = Membership.objects.current().filter(organisation=organisation).exists()
    return OrganisationPage(
        organisation=organisation,
        names=names_of(organisation),
        solutions=[(solution, next(iter(pictures[solution.pk]), None)) for solution in solutions],
        collaborations=list(collaborations_with(Q(organisation=organisation))),
        verifications=list(valid_verifications(organisation)),
        is_mine=mine,
        can_be_claimed=not claimed and not organisation.closed,
        verifiers=[] if organisation.closed else verifying_municipalities(user),
        sections=sections_of(organisation),
    )
