"""What the pages read: a person's agreements, the public ones, what waits, one agreement from the inside."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.meetings import rules as meeting_rules
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.meetings.standing import Standing, standing_of
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import PUBLIC_STATES, Acceptance, Agreement, AgreementState, Party, Review, Wording, WordingState
from .rules import NOT_A_PARTY, whole_parties

MOST_FOUND = 10
REVIEW_NEAR = timedelta(days=14)


def _listed(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return agreements.select_related("municipality").prefetch_related(Prefetch("parties", whole_parties()))


def public_agreements(municipality: Municipality | None = None) -> QuerySet[Agreement]:
    """Agreements that everybody can see, of one municipality or of all."""
    public = Agreement.objects.filter(public=True, state__in=PUBLIC_STATES)
    return _listed(public.filter(municipality=municipality) if municipality else public)


def agreements_of(user: User) -> QuerySet[Agreement]:
    """The agreements in which the person speaks for a party."""
    mine = Party.objects.filter(_spoken_for(user, standing_of(user)), agreement=OuterRef("pk"))
    return _listed(Agreement.objects.filter(Exists(mine)))


def waiting_for_yes(user: User) -> QuerySet[Wording]:
    """Wordings that wait for a yes from one of the person's parties, the oldest first."""
    given = Acceptance.objects.filter(wording=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    silent = Party.objects.filter(_spoken_for(user, standing_of(user)), ~Exists(given), agreement=OuterRef("agreement"))
    said = Acceptance.objects.filter(wording=OuterRef("pk"), by=user)
    waiting = Wording.objects.filter(Exists(silent), ~Exists(said), state=WordingState.PROPOSED)
    return waiting.select_related("agreement").order_by("proposed", "pk")


def reviews_near(user: User) -> QuerySet[Review]:
    """Reviews of the person's active agreements that are overdue or due within 14 days, the first one first."""
    mine = Party.objects.filter(_spoken_for(user, standing_of(user)), agreement=OuterRef("agreement"))
    near = Review.objects.filter(
        Exists(mine), held=None, due__lte=clock.today() + REVIEW_NEAR, agreement__state=AgreementState.ACTIVE
    )
    return near.select_related("agreement").order_by("due", "pk")


def _spoken_for(user: User, standing: Standing) -> Q:
    """Condition on a party: the person speaks for it; see rules.speaks_for."""
    return (
        standing.of_department("department")
        | Q(organisation__in=standing.organisations)
        | Q(contact=user, department__municipality__in=standing.employed_in)
    )


def agreement_with_parties(pk: int) -> Agreement:
    """One agreement with what its page shows of the parties. Raises Refused where the reader's database has none."""
    rows = Agreement.objects.select_related("municipality", "meeting", "sought", "offered")
    found = rows.prefetch_related(Prefetch("parties", whole_parties())).filter(pk=pk).first()
    return require_found(found, NOT_A_PARTY)


def wordings_of(agreement: Agreement) -> list[Wording]:
    """All wordings, the latest first, with who said yes when."""
    yeses = Acceptance.objects.select_related("by", "party__department", "party__organisation")
    rows = agreement.wordings.select_related("proposed_by", "settled_by")
    return list(rows.prefetch_related(Prefetch("acceptances", yeses)).order_by("-number"))


def meeting_to_agree_on(pk: int) -> Meeting:
    """A dialogue with what the draft takes from it. Raises Refused where the reader's database has none."""
    rows = Meeting.objects.select_related(
        "sought", "offered", "department__municipality", "organisation", "municipality"
    )
    return require_found(rows.filter(pk=pk).first(), meeting_rules.NOT_A_PARTY)


def own_departments(user: User) -> QuerySet[Department]:
    """The departments for which the person speaks."""
    standing = standing_of(user)
    own = Q(pk__in=standing.departments) | Q(municipality__in=standing.whole_municipalities)
    return Department.objects.current().filter(own).select_related("municipality")


def own_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations for which the person speaks."""
    return Organisation.objects.filter(pk__in=standing_of(user).organisations, closed=None).select_related("home")


def possible_parties(agreement: Agreement, words: str) -> tuple[list[Department], list[Organisation]]:
    """Departments and organisations whose name holds the words (or whose CVR number they are), ten of each at most."""
    parties = list(agreement.parties.all())
    departments = (
        Department.objects.current()
        .filter(Q(name__icontains=words) | Q(name_en__icontains=words), municipality__open=True)
        .exclude(pk__in=[party.department_id for party in parties if party.department_id])
        .select_related("municipality")
    )
    organisations = (
        Organisation.objects.filter(Q(name__icontains=words) | Q(cvr=words), closed=None)
        .exclude(pk__in=[party.organisation_id for party in parties if party.organisation_id])
        .select_related("home")
    )
    return list(departments[:MOST_FOUND]), list(organisations[:MOST_FOUND])


def departments_with_public_agreements(municipality: Municipality) -> QuerySet[Department]:
    """Departments of the municipality that are party to a public agreement."""
    shown = Party.objects.filter(agreement__in=_public_keys(), department__municipality=municipality).order_by()
    return Department.objects.filter(pk__in=shown.values("department"))


def organisations_with_public_agreements(municipality: Municipality | None) -> QuerySet[Organisation]:
    """Organisations that are party to a public agreement, in one municipality or in all."""
    keys = _public_keys().filter(municipality=municipality) if municipality else _public_keys()
    shown = Party.objects.filter(agreement__in=keys, organisation__isnull=False).order_by()
    return Organisation.objects.filter(pk__in=shown.values("organisation"))


def municipalities_with_public_agreements() -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=_public_keys().values("municipality"))


def _public_keys() -> QuerySet[Agreement]:
    return Agreement.objects.filter(public=True, state__in=PUBLIC_STATES).order_by()
