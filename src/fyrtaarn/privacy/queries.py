"""What is held on a person. These reads cross the bounds between parties; each says who may be answered."""

import json
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.personal_data import HOLDINGS, Fate, Holding
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import ArchiveDecision, Copy, Due, Erasure, Register, Removal, Viewing

ABOUT, ALL = "about", "all"


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
    found = {**_counted_far(person, addresses), **_counted(person, addresses)}
    return [
        Held(holding, found[holding.key, ALL], found.get((holding.key, ABOUT), 0))
        for holding in HOLDINGS.values()
        if found.get((holding.key, ALL))
    ]


def _is_near(holding: Holding) -> bool:
    """Whether the table itself says of whom its rows are."""
    return not any("__" in name for name in (*holding.about, *holding.by))


def _counted(person: User, addresses: set[str]) -> dict[tuple[str, str], int]:
    """Rows of tables that say themselves of whom they are: an errand, as much of it is in matters of others."""
    wanted = [
        {
            "key": holding.key,
            "which": which,
            "of_table": holding.model._meta.db_table,
            "columns": [_column(holding, name) for name in names],
            "address_columns": [_column(holding, name) for name in holding.addresses],
        }
        for holding in filter(_is_near, HOLDINGS.values())
        for which, names in ((ABOUT, holding.about), (ALL, (*holding.about, *holding.by)))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, which, errand.count_held(of_table::regclass, %s, columns, address_columns, %s)"
            " FROM jsonb_to_recordset(%s::jsonb)"
            " AS held (key text, which text, of_table text, columns text[], address_columns text[])",
            [person.pk, sorted(addresses), json.dumps(wanted)],
        )
        return {(key, which): count for key, which, count in cursor.fetchall()}


def _column(holding: Holding, name: str) -> str:
    field: Any = holding.model._meta.pk if name == "pk" else holding.model._meta.get_field(name)
    return str(field.column)


def _counted_far(person: User, addresses: set[str]) -> dict[tuple[str, str], int]:
    """Rows that are hers by way of another table."""
    counts = [
        rows.order_by()
        .annotate(of=Value(holding.key), which=Value(which))
        .values("of", "which")
        .annotate(n=Count("pk"))
        for holding in HOLDINGS.values()
        for which, rows in (
            (ABOUT, rows_about(holding, person, addresses)),
            (ALL, rows_of(holding, person, addresses)),
        )
        if not _is_near(holding) and not rows.query.is_empty()
    ]
    return {(row["of"], row["which"]): row["n"] for row in counts[0].union(*counts[1:], all=True)}


def waiting_erasure(person: User) -> Erasure | None:
    """Her wish to be erased, while it can be called back."""
    return Erasure.objects.filter(person=person, called_back=None, done=None).first()


def copies_of(person: User) -> QuerySet[Copy]:
    """The copies that she has asked for, newest first."""
    return Copy.objects.filter(person=person)


MOST_VIEWINGS = 100
MOST_FOUND = 20


def viewings_of(person: User) -> list[Viewing]:
    """Who has seen the person's data lately, newest first. For herself alone."""
    return list(Viewing.objects.filter(person=person).select_related("viewer", "municipality")[:MOST_VIEWINGS])


def people_of(municipality: Municipality) -> QuerySet[User]:
    """People who have something to do with the municipality. For its data officers: nobody else finds anybody."""
    return User.objects.filter(pk__in=RawSQL("SELECT errand.people_of(%s)", [municipality.pk]))


def people_called(words: str, municipality: Municipality) -> QuerySet[User]:
    """The municipality's people by name or e-mail address. For its data officers."""
    called = Q(name__icontains=words) | Q(email__icontains=words)
    return people_of(municipality).filter(called).order_by("name", "pk")[:MOST_FOUND]


def organisations_of(municipality: Municipality) -> QuerySet[Organisation]:
    """Organisations that have something to do with the municipality. For its data officers: nobody else finds any."""
    return Organisation.objects.filter(pk__in=RawSQL("SELECT errand.organisations_of(%s)", [municipality.pk]))


def organisations_called(words: str, municipality: Municipality) -> QuerySet[Organisation]:
    """The municipality's organisations by name or CVR number. For its data officers."""
    called = Q(name__icontains=words) | Q(cvr=words)
    return organisations_of(municipality).filter(called).order_by("sort_key", "pk")[:MOST_FOUND]


def registers_of(municipality: Municipality) -> QuerySet[Register]:
    """The answers to requests for access that have been made, newest first. For the municipality's data officers."""
    return Register.objects.filter(municipality=municipality).select_related("person", "organisation", "by")


def due_in(municipality: Municipality) -> QuerySet[Due]:
    """What has been kept long enough, and whether it `waits` for a decision of the archive that reaches so far."""
    reaching = ArchiveDecision.objects.filter(
        municipality=municipality, holding=OuterRef("holding"), before__gt=OuterRef("oldest")
    )
    return Due.objects.filter(municipality=municipality).annotate(waits=~Exists(reaching))


def archive_decisions_of(municipality: Municipality) -> QuerySet[ArchiveDecision]:
    """What the archive has decided, newest first."""
    return ArchiveDecision.objects.filter(municipality=municipality).select_related("by")


def removals_in(municipality: Municipality) -> QuerySet[Removal]:
    """What has been let go, newest first: the municipality's own matters, and what belongs to no municipality."""
    return Removal.objects.filter(Q(municipality=municipality) | Q(municipality=None))
