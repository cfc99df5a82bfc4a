"""What a page names of a challenge, a solution or an organisation, read in the statement that reads the thing itself."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Names:
    """Words and places: labels in the reader's language, and what matching needs in its own."""

    topics: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)  # delivered in, besides its own
    delivered_in: tuple[int, ...] = ()  # the same by primary key
    target_groups: tuple[str, ...] = ()  # in Danish
    goals: tuple[int, ...] = ()


def with_names(rows: QuerySet[M], related: str) -> QuerySet[M]:
    """The rows with what `names_of` needs; `related` is what topics and districts call them ("challenges")."""

    def listed(model: type[Model], owners: str = related, **names: str) -> ArraySubquery:
        own: Any = model._default_manager.filter(**{owners: OuterRef("pk")})
        return ArraySubquery(own.values(json=JSONObject(**names)))

    found = rows.annotate(
        themes_named=listed(Theme, da="name", en="name_en"),
        target_groups_named=listed(TargetGroup, da="name", en="name_en"),
        goals_named=listed(Goal, number="number", da="name_da", en="name_en"),
        districts_named=listed(District, da="name"),
    )
    if related == "solutions":
        found = found.annotate(
            municipalities_named=listed(Municipality, "solutions_delivered", pk="pk", da="name", en="name_en")
        )
    return found  # type: ignore[return-value]


def names_of(subject: Any) -> Names:
    """The names of a thing read by `with_names`; none for one that is not stored yet."""
    if subject.pk is None:
        return Names()
    language = "en" if get_language() == "en" else "da"

    def label(name: dict[str, str]) -> str:
        return name.get(language) or name["da"]

    goals, municipalities = subject.goals_named, getattr(subject, "municipalities_named", [])
    return Names(
        topics=[label(name) for name in (*subject.themes_named, *subject.target_groups_named)]
        + [f"{goal['number']}. {label(goal)}" for goal in goals],
        districts=[name["da"] for name in subject.districts_named],
        municipalities=[label(name) for name in municipalities],
        delivered_in=tuple(name["pk"] for name in municipalities),
        target_groups=tuple(name["da"] for name in subject.target_groups_named),
        goals=tuple(goal["number"] for goal in goals),
    )
