"""The book of what has been loaded, and the words and places that the content refers to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from fyrtaarn.areas.models import Department, District, Municipality
from fyrtaarn.topics.models import TargetGroup, Theme

from .models import DemoItem

Row = dict[str, Any]


@dataclass
class Book:
    """Primary keys of what has been loaded, by kind and key; `added` holds by kind those that are new this time."""

    known: dict[str, dict[str, int]] = field(default_factory=dict)
    added: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def open(cls) -> "Book":
        """The book as it is in the database."""
        book = cls()
        for kind, key, pk in DemoItem.objects.values_list("kind", "key", "subject_id"):
            book.known.setdefault(kind, {})[key] = pk
        return book

    def new(self, kind: str, rows: Iterable[Row]) -> list[Row]:
        """The rows that have not been loaded before."""
        known = self.known.get(kind, {})
        return [row for row in rows if row["key"] not in known]

    def write(self, kind: str, subjects: Mapping[str, Model]) -> None:
        """Note what has been loaded now."""
        DemoItem.objects.bulk_create(DemoItem(kind=kind, key=key, subject_id=s.pk) for key, s in subjects.items())
        self.known.setdefault(kind, {}).update({key: subject.pk for key, subject in subjects.items()})
        self.added[kind] = [subject.pk for subject in subjects.values()]

    def count_added(self) -> int:
        return sum(len(keys) for keys in self.added.values())

    def pk(self, kind: str, key: str) -> int:
        return self.known[kind][key]


@dataclass(frozen=True)
class Words:
    """Places and topics by the words that the content uses; districts and departments with their municipality's."""

    municipalities: Mapping[str, Municipality]
    departments: Mapping[tuple[str, str], Department]
    districts: Mapping[tuple[str, str], District]
    themes: Mapping[str, int]
    target_groups: Mapping[str, int]

    @classmethod
    def read(cls) -> "Words":
        departments = Department.objects.select_related("municipality")
        districts = District.objects.select_related("municipality")
        return cls(
            municipalities={m.slug: m for m in Municipality.objects.all()},
            departments={(d.municipality.slug, d.slug): d for d in departments},
            districts={(d.municipality.slug, d.slug): d for d in districts},
            themes=dict(Theme.objects.values_list("slug", "pk")),
            target_groups=dict(TargetGroup.objects.values_list("slug", "pk")),
        )

    def topics_of(self, row: Row) -> dict[str, list[int]]:
        """The row's many-to-many values, by the names of the fields."""
        return {
            "themes": [self.themes[slug] for slug in row["themes"]],
            "target_groups": [self.target_groups[slug] for slug in row["target_groups"]],
            "goals": list(row["sdgs"]),
            "districts": [self.districts[row["municipality"], slug].pk for slug in row["districts"]],
        }


def link(subjects: Mapping[Model, Mapping[str, Iterable[int]]]) -> None:
    """Set many-to-many fields of new objects of one model at once: {object: {field: primary keys}}."""
    links: dict[Any, list[Model]] = {}
    for subject, values in subjects.items():
        for name, keys in values.items():
            relation: Any = subject._meta.get_field(name)
            through = relation.remote_field.through
            near, far = relation.m2m_column_name(), relation.m2m_reverse_name()
            links.setdefault(through, []).extend(through(**{near: subject.pk, far: key}) for key in keys)
    for through, rows in links.items():
        through._default_manager.bulk_create(rows)
