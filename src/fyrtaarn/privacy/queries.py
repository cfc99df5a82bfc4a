"""What is held on a person. These reads cross the bounds between parties; each says who may be answered."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet, Value

from fyrtaarn.foundation.personal_data import HOLDINGS, Fate, Holding
from fyrtaarn.people.models import User

from .models import Copy, Erasure


@dataclass(frozen=True)
class Held:
    """One kind of thing that is held on a person: how many rows are about her, or by her, and about her alone."""

    holding: Holding
    count: int
    about: int

    @property
    def goes(self) -> bool:
        """Whether all of it goes when she is erased."""
        return self.holding.erase and self.about == self.count

    @property
    def is_emptied(self) -> bool:
        """Whether what says something of her goes, and the rest stays."""
        return not self.goes and self.about > 0 and bool(self.holding.fields_with(Fate.BLANK))


def addresses_of(person: User) -> set[str]:
    """All her e-mail addresses, in lower case: also those that she has had, unless they are somebody else's today."""
    hers = EmailAddress.objects.filter(user=person).order_by().values_list("email", flat=True)
    had = _history_of(person).order_by().values_list("email", flat=True)
    known = {address.lower() for address in hers.union(had)} | {person.email.lower()}
    others = EmailAddress.objects.filter(email__in=known).exclude(user=person)
    return known - {address.lower() for address in others.order_by("pk").values_list("email", flat=True)}


def _history_of(person: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = HOLDINGS["people.user"].history.objects.filter(pgh_obj_id=person.pk)
    return rows


def names_and_phones_of(person: User) -> tuple[set[str], set[str]]:
    """The names and the phone numbers that she has and has had."""
    had = _history_of(person).order_by("pgh_id").values_list("name", "phone")
    names, phones = zip(*had, (person.name, person.phone), strict=True)
    return set(names), set(phones)


def rows_about(holding: Holding, person: User, addresses: set[str]) -> QuerySet[Any]:
    """The rows that are about the person. For herself, and for her erasure."""
    return _rows(holding, _about(holding, person, addresses))


def rows_of(holding: Holding, person: User, addresses: set[str]) -> QuerySet[Any]:
    """The rows that are about the person or were written by her. For herself alone."""
    return _rows(holding, [*_about(holding, person, addresses), *(Q(**{name: person.pk}) for name in holding.by)])


def _about(holding: Holding, person: User, addresses: set[str]) -> list[Q]:
    by_address = [Q(**{f"{name}__iexact": address}) for name in holding.addresses for address in sorted(addresses)]
    return [*(Q(**{name: person.pk}) for name in holding.about), *by_address]


def _rows(holding: Holding, conditions: list[Q]) -> QuerySet[Any]:
    rows = holding.model._base_manager.order_by("pk")
    return rows.filter(reduce(or_, conditions)) if conditions else rows.none()


def held_on(person: User) -> list[Held]:
    """What is held on the person, with how many rows of each, in two statements. For herself alone."""
    addresses = addresses_of(person)
    counts = [
        rows.order_by().annotate(holding=Value(f"{holding.key} {which}")).values("holding").annotate(n=Count("pk"))
        for holding in HOLDINGS.values()
        for which, rows in (
            ("about", rows_about(holding, person, addresses)),
            ("all", rows_of(holding, person, addresses)),
        )
        if not rows.query.is_empty()
    ]
    found = {row["holding"]: row["n"] for row in counts[0].union(*counts[1:], all=True)}
    return [
        Held(holding, found[f"{holding.key} all"], found.get(f"{holding.key} about", 0))
        for holding in HOLDINGS.values()
        if found.get(f"{holding.key} all")
    ]


def waiting_erasure(person: User) -> Erasure | None:
    """Her wish to be erased, while it can be called back."""
    return Erasure.objects.filter(person=person, called_back=None, done=None).first()


def copies_of(person: User) -> QuerySet[Copy]:
    """The copies that she has asked for, newest first."""
    return Copy.objects.filter(person=person)
