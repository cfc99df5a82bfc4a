"""Reading of pools, calls, contributions and years."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.shortcuts import get_object_or_404

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.ledger.models import Book
from fyrtaarn.ledger.movements import FREE
from fyrtaarn.ledger.queries import days_of, totals
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS

from .giving import Sharing, leftover_shares
from .models import (
    Call,
    CallState,
    ClosedYear,
    Confirmation,
    Contribution,
    ContributionPart,
    Contributor,
    LeftoverShare,
    PartState,
    Pool,
    PoolDuty,
    PoolRules,
    PoolState,
    RulesState,
)
from .rules import MANAGERS, SPEAKERS

DECEMBER, LAST = 12, 31
PART_NAMES = (
    "contribution__contributor__department",
    "contribution__contributor__local_body",
    "contribution__contributor__pool__municipality",
)
"""What a quarter's part is called by."""


def pools_in(municipality: Municipality) -> QuerySet[Pool]:
    """The municipality's pools that the reader may see, with how many calls are open in each (`open_count`)."""
    today = clock.today()
    is_open = Q(calls__state=CallState.PUBLISHED, calls__opens__lte=today) & (
        Q(calls__closes=None) | Q(calls__closes__gte=today)
    )
    pools = Pool.objects.filter(municipality=municipality).select_related("municipality")
    return pools.annotate(open_count=Count("calls", filter=is_open, distinct=True))


def pool_at(municipality: Municipality, slug: str) -> Pool:
    """The pool at an address. Raises Http404."""
    return get_object_or_404(Pool.objects.select_related("municipality"), municipality=municipality, slug=slug)


def open_calls(municipality: Municipality) -> QuerySet[Call]:
    """The calls of the municipality's open pools in which one can apply today, those that close first in front."""
    today = clock.today()
    published = Call.objects.filter(
        Q(closes=None) | Q(closes__gte=today),
        pool__municipality=municipality,
        pool__state=PoolState.OPEN,
        state=CallState.PUBLISHED,
        opens__lte=today,
    )
    return published.select_related("pool__municipality", "rules").order_by("closes", "pk")


def calls_of(pool: Pool) -> QuerySet[Call]:
    """All calls of a pool that the reader may see, the latest first."""
    return pool.calls.select_related("pool__municipality", "rules").order_by("-opens", "-pk")


def whole_rules() -> QuerySet[PoolRules]:
    return PoolRules.objects.select_related("pool__municipality").prefetch_related("criteria", "stages")


def rules_in_force(pool: Pool) -> PoolRules | None:
    """What holds now; None where nothing has been brought into force yet."""
    return whole_rules().filter(pool=pool, state=RulesState.IN_FORCE).first()


def people_with(pool: Pool, duty: str, on: date | None = None) -> QuerySet[User]:
    """Those who have the duty for the pool on a day (today), by name."""
    day = on or clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=day), pool=pool, duty=duty, starts__lte=day)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def fund_managers(municipality: Municipality | int) -> QuerySet[User]:
    """Those who look after the municipality's pools today."""
    held = Role.objects.current().filter(municipality=municipality, kind__in=MANAGERS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def contacts_of(contributor: Contributor) -> QuerySet[User]:
    """Whom a department's contributions are told to; nobody for a local committee, whose people have no account here."""
    held = Role.objects.current().filter(kind__in=SPEAKERS, department=contributor.department_id)
    if contributor.department_id is None:
        held = held.none()
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def employees_of(municipality: Municipality) -> QuerySet[User]:
    """Who can be given a duty: those who work for the municipality today."""
    held = Role.objects.current().filter(municipality=municipality, kind__in=EMPLOYEE_KINDS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def names_of(pool: Pool) -> QuerySet[Contributor]:
    """All who feed the pool or have done."""
    return pool.contributors.select_related("department", "local_body").order_by("pk")


def contributors_of(pool: Pool) -> list[Contributor]:
    """All who feed the pool or have done, with their contributions and parts."""
    found = names_of(pool).prefetch_related(
        Prefetch("contributions", Contribution.objects.order_by("-year", "pk")),
        Prefetch("contributions__parts", ContributionPart.objects.order_by("quarter")),
    )
    return list(found)


def waiting_parts(places: list[int], departments: list[int], soon: date) -> QuerySet[Any]:
    """Unpaid quarters that somebody waits for, with whether their contribution is confirmed (`is_confirmed`).

    For who looks after the pools of `places` those that are late or said to be paid; for who speaks for `departments`
    those to be paid by the day `soon`, and those of a contribution that is not confirmed.
    """
    said = Confirmation.objects.filter(
        contribution=OuterRef("contribution"), of_version=OuterRef("contribution__version")
    )
    rows = due_parts(date.max).annotate(is_confirmed=Exists(said))
    managed = Q(contribution__contributor__pool__municipality__in=places)
    own = Q(contribution__contributor__department__in=departments)
    is_paid = Q(sent_payment__isnull=False)
    return rows.filter(
        managed & (Q(due__lt=clock.today()) | is_paid) | own & (Q(due__lte=soon) & ~is_paid | Q(is_confirmed=False))
    )


def whole_contributions() -> QuerySet[Contribution]:
    """With their quarters, and what those who give say of them."""
    parts = ContributionPart.objects.select_related("sent_payment__by").order_by("quarter")
    return Contribution.objects.prefetch_related(Prefetch("parts", parts), "confirmations__by").order_by("-year", "pk")


def contributors_told(pool: Pool) -> list[Contributor]:
    """All who feed the pool or have done, with what they give and what they say of it themselves."""
    return list(names_of(pool).prefetch_related(Prefetch("contributions", whole_contributions())))


def parts_of_pool(pool: Pool) -> QuerySet[ContributionPart]:
    """All quarters of all contributions to a pool."""
    return ContributionPart.objects.filter(contribution__contributor__pool=pool).select_related(*PART_NAMES)


def due_parts(before: date) -> QuerySet[ContributionPart]:
    """What is to be paid before a day and is not, in all pools."""
    whole = ContributionPart.objects.filter(state=PartState.DECIDED, due__lt=before)
    return whole.select_related(*PART_NAMES, "sent_payment").order_by("due", "pk")


def departments_of(user: User) -> list[int]:
    """The departments that she speaks for, by their primary keys."""
    return [role.department_id for role in user.current_roles if role.kind in SPEAKERS and role.department_id]


def given_of(user: User) -> QuerySet[Contribution]:
    """What the departments that she speaks for give, the latest year first."""
    own = whole_contributions().filter(contributor__department__in=departments_of(user))
    own = own.select_related("contributor__department", "contributor__pool__municipality")
    return own.order_by("-year", "contributor__pool__sort_key", "pk")


def own_parts(user: User) -> QuerySet[ContributionPart]:
    """The quarters of what the departments that she speaks for give."""
    whole = ContributionPart.objects.filter(contribution__contributor__department__in=departments_of(user))
    return whole.select_related(*PART_NAMES, "sent_payment")


def givers_in(pool: Pool, year: int) -> dict[Contributor, int]:
    """What each contributor has paid in during a year, in øre, in the order in which they joined."""
    paid = Q(contributions__parts__state=PartState.PAID, contributions__parts__paid__year=year)
    sums = pool.contributors.annotate(sum=Sum("contributions__parts__oere", filter=paid)).filter(sum__gt=0)
    return {giver: int(giver.sum) for giver in sums.select_related("department", "local_body").order_by("pk")}


@dataclass(frozen=True)
class YearEnd:
    """What closing a year would do: what was free at its end, the least that has been since, and how that is shared."""

    year: int
    free_then: int
    least: int
    names: dict[str, str]
    sharing: Sharing


def year_end(pool: Pool, year: int) -> YearEnd:
    """How a year stands when it is closed now.

    What has been granted since the year's end is not left of it, also where later years have paid in again: left is
    the least that was free on any day since, without what earlier years have got back in the meantime.
    """
    last = date(year, DECEMBER, LAST)
    returned = list(
        pool.closed_years.filter(year__lt=year, closed__date__gt=last).values_list("closed__date", "returned")
    )
    free = [
        oere - sum(back for closed, back in returned if day < closed) for day, oere in days_of(_book(pool), FREE, last)
    ]
    gave = givers_in(pool, year)
    sharing = leftover_shares(min(free), {giver.key: oere for giver, oere in gave.items()})
    return YearEnd(year, free[0], min(free), {giver.key: str(giver) for giver in gave}, sharing)


def _book(pool: Pool) -> Book:
    """The pool's book by its number alone: its sums are for everybody, the book itself is not."""
    return Book(pk=pool.book_id)


def year_to_close(pool: Pool) -> int | None:
    """The earliest year that is over and not closed, of those in which the pool had contributions."""
    closed = ClosedYear.objects.filter(pool=pool, year__gte=OuterRef("year"))
    years = Contribution.objects.filter(contributor__pool=pool, year__lt=clock.today().year)
    return years.exclude(Exists(closed)).order_by("year").values_list("year", flat=True).first()


def closed_years(pool: Pool) -> QuerySet[ClosedYear]:
    """The years that are closed, the latest first, with what goes back to whom."""
    shares = LeftoverShare.objects.select_related("contributor__department", "contributor__local_body").order_by("pk")
    return pool.closed_years.prefetch_related(Prefetch("shares", shares)).order_by("-year")


@dataclass(frozen=True)
class Money:
    """Where a pool's money is, in øre. `paid_out`: to recipients, less what they have paid back."""

    paid_in: int
    free: int
    set_aside: int
    committed: int
    paid_out: int
    returned: int
    owed: int
    expected: int

    @property
    def places(self) -> dict[str, int]:
        """What has come in, by where it is now: the parts sum to what has been paid in."""
        return {
            "free": self.free,
            "set_aside": self.set_aside,
            "committed": self.committed,
            "paid_out": self.paid_out,
            "back": self.returned + self.owed,
        }


def money_of(pool: Pool, on: date | None = None) -> Money:
    """Where the pool's money is, or was at the end of a day."""
    held = totals(_book(pool), on)
    paid = ContributionPart.objects.filter(contribution__contributor__pool=pool, state=PartState.PAID)
    back = LeftoverShare.objects.filter(closed_year__pool=pool, paid__isnull=False)
    if on is not None:
        paid, back = paid.filter(paid__lte=on), back.filter(paid__lte=on)
    sums = Pool.objects.filter(pk=pool.pk).values_list(_sum(paid), _sum(back)).get()
    paid_in, returned = (int(one or 0) for one in sums)
    return Money(
        paid_in=paid_in,
        free=held["free"],
        set_aside=held["round"],
        committed=held["grant"] + held["payable"],
        paid_out=paid_in - returned - held["cash"],
        returned=returned,
        owed=held["owed"],
        expected=held["pledged"],
    )


def _sum(rows: QuerySet[ContributionPart] | QuerySet[LeftoverShare]) -> Subquery:
    return Subquery(rows.order_by().annotate(one=Value(1)).values("one").annotate(sum=Sum("oere")).values("sum"))


@dataclass(frozen=True)
class Given:
    """What one contributor has decided and paid for a year, and what of it is late."""

    contributor: Contributor
    year: int
    decided: int
    paid: int
    late: int


def given_by(contributors: list[Contributor]) -> list[Given]:
    """What each has given by year, the latest year first; read with `contributors_of`."""
    rows: dict[int, list[Given]] = defaultdict(list)
    for giver in contributors:
        for one in giver.contributions.all():
            parts = list(one.parts.all())
            rows[one.year].append(
                Given(
                    giver,
                    one.year,
                    sum(part.oere for part in parts if part.state != PartState.DROPPED),
                    sum(part.oere for part in parts if part.state == PartState.PAID),
                    sum(part.oere for part in parts if part.is_late),
                )
            )
    return [row for year in sorted(rows, reverse=True) for row in rows[year]]
