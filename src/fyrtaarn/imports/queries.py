"""What pages about imports read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.importing import Importer
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.listings.models import Listing

from .models import ImportRow, ImportRun

# Listings, and what the search itself writes for them, are not use by people
NOT_USE = ("listings", "vector")


@dataclass(frozen=True)
class Counts:
    """How many rows there are of each sort."""

    total: int
    faulty: int
    warned: int
    left_out: int

    @property
    def ready(self) -> int:
        """Rows that would be imported now."""
        return self.total - self.left_out - self.faulty


@dataclass(frozen=True)
class Kept:
    """A row whose result stays when the import is undone, and why."""

    number: int
    subject_id: int
    title: str
    why: str | Promise


def counts_of(run: ImportRun) -> Counts:
    """How many rows have faults or warnings or are left out."""
    kept = models.Q(left_out=False)
    found = run.rows.order_by().aggregate(
        total=models.Count("pk"),
        faulty=models.Count("pk", filter=kept & ~models.Q(faults=[])),
        warned=models.Count("pk", filter=kept & models.Q(faults=[]) & ~models.Q(warnings=[])),
        left_out=models.Count("pk", filter=~kept),
    )
    return Counts(**found)


def rows_shown(run: ImportRun, view: str) -> models.QuerySet[ImportRow]:
    """The rows of one tab: "fejl", "advarsler", "udeladt" or all."""
    rows = run.rows.all()
    if view == "fejl":
        return rows.filter(left_out=False).exclude(faults=[])
    if view == "advarsler":
        return rows.filter(left_out=False, faults=[]).exclude(warnings=[])
    if view == "udeladt":
        return rows.filter(left_out=True)
    return rows


def repeats_of(run: ImportRun, rows: Sequence[ImportRow]) -> dict[tuple[int, str], int]:
    """For the faulty cells of the rows shown: how many rows that are not left out have the same text in that column."""
    columns = {run.mapping[fault["field"]] for row in rows for fault in row.faults if fault["field"] in run.mapping}
    if not columns:
        return {}
    kept = run.rows.filter(left_out=False).values_list("cells", flat=True)
    return Counter((column, cells[column]) for cells in kept for column in columns)


def kept_on_undo(importer: Importer, run: ImportRun) -> list[Kept]:
    """The rows whose results somebody has changed or begun to use since the import, in the order of the file."""
    numbers = dict(run.rows.exclude(subject_id=None).values_list("subject_id", "number"))
    here = {subject.pk: subject for subject in importer.model._default_manager.filter(pk__in=numbers).order_by("pk")}
    used = _used(importer, here)
    changed = _changed(importer.model, here, run.ended)
    kept = [
        Kept(numbers[pk], pk, str(here[pk]), _("somebody uses it") if pk in used else _("somebody has changed it"))
        for pk in used | changed
    ]
    return sorted(kept, key=lambda one: one.number)


def _changed(model: type[models.Model], subjects: Iterable[int], imported: Any) -> set[int]:
    """Those with a kept event of another transaction than the import's: history's clock is the transaction's."""
    events: Any = model._meta.get_field("events").related_model
    later = events._default_manager.filter(pgh_obj_id__in=list(subjects)).exclude(pgh_created_at=imported)
    return set(later.order_by().values_list("pgh_obj_id", flat=True))


def _used(importer: Importer, subjects: Iterable[int]) -> set[int]:
    """Those that something points to, directly or through their listing, and those with files."""
    pks = list(subjects)
    used = _pointed_at(importer.model, pks)
    listings = dict(Listing.objects.filter(kind=importer.kind, subject_id__in=pks).values_list("pk", "subject_id"))
    used |= {listings[pk] for pk in _pointed_at(Listing, list(listings))}
    files = StoredFile.objects.filter(subject_type=importer.model._meta.label_lower, subject_id__in=pks)
    return used | set(files.order_by().values_list("subject_id", flat=True))


def _pointed_at(model: type[models.Model], pks: list[int]) -> set[int]:
    """The objects to which another model points, but for history and NOT_USE."""
    found: set[int] = set()
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if relation.get_accessor_name() in NOT_USE or issubclass(other, pghistory.models.Event):
            continue
        if relation.many_to_many:
            name = relation.field.name
            pointing = other._base_manager.filter(**{f"{name}__in": pks}).order_by()
            found |= set(pointing.values_list(f"{name}__pk", flat=True))
        else:
            found |= _pointed_at_from(other._meta.db_table, str(relation.field.column), pks)
    return found


def _pointed_at_from(table: str, column: str, pks: list[int]) -> set[int]:
    """Those that a foreign key points to; an errand of the database, as much of the use is not for our eyes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT errand.pointed_at(%s, %s, %s)", [table, column, pks])
        return {pk for (pk,) in cursor.fetchall()}
