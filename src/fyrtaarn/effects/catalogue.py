"""How the catalogue is searched, filtered and taken home."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.lists import Column, Filter, Sort, choice_filter
from fyrtaarn.topics.models import Goal, Theme

from .languages import in_language
from .models import BottomLine, Indicator, Outcome
from .queries import counted, outcomes


def _word_of(choice: str) -> Callable[[Indicator], str]:
    """How the newest version's choice reads."""
    return lambda indicator: str(getattr(indicator.current, f"get_{choice}_display")())


SHORT: tuple[Column[Indicator], ...] = (
    Column(_("Indicator"), str, link=lambda one: one.path),
    Column(_("Outcome"), "outcome.name"),
    Column(_("Bottom line"), lambda one: one.outcome.get_bottom_line_display()),
    Column(_("Counted in"), "current.shown_unit"),
    Column(_("How often"), _word_of("frequency")),
)
WHOLE: tuple[Column[Indicator], ...] = (
    Column(_("Key"), "key"),
    Column(_("Version"), "current.number"),
    Column(_("Indicator"), str),
    Column(_("Bottom line"), lambda one: one.outcome.get_bottom_line_display()),
    Column(_("Outcome"), "outcome.name"),
    Column(_("Theme"), "theme.label"),
    Column(_("UN goal"), "goal_id"),
    Column(_("Target of the UN goal"), "target"),
    Column(_("What counts"), "current.counts"),
    Column(_("What does not count"), "current.leaves_out"),
    Column(_("Raw parts"), _word_of("measure")),
    Column(_("Above the line"), "current.numerator"),
    Column(_("Below the line"), "current.denominator"),
    Column(_("Unit"), _word_of("unit")),
    Column(_("Over time"), _word_of("timing")),
    Column(_("Direction"), _word_of("direction")),
    Column(_("How often"), _word_of("frequency")),
    Column(_("What the figure rests on"), _word_of("evidence")),
    Column(_("Measured with"), _word_of("instrument")),
    Column(_("Other standards"), lambda one: ", ".join(one.current.references) if one.current else ""),
    Column(_("How to do it"), "current.guidance"),
)


def sorts() -> tuple[Sort, ...]:
    """As the catalogue stands, or by name in the reader's language."""
    by_name = "current__name_en" if in_language() == "en" else "sort_key"
    return (
        Sort("katalog", _("By outcome"), ("outcome__place", "sort_key")),
        Sort("navn", _("By name"), (by_name,)),
    )


def searched() -> tuple[str, ...]:
    """The texts that are searched, in the reader's language."""
    return tuple(f"current__{text}_{in_language()}" for text in ("name", "counts", "guidance"))


def filters() -> tuple[Filter, ...]:
    """What can be chosen, with how many indicators it has; what has none is left out."""
    rows = list(counted())
    by_line, by_outcome, by_theme, by_goal = (Counter(row[place] for row in rows) for place in range(4))
    themes = Theme.objects.filter(pk__in=by_theme).order_by("name_en" if in_language() == "en" else "sort_key", "pk")
    goals = Goal.objects.filter(pk__in=by_goal).order_by("pk")
    return (
        choice_filter("bundlinje", _("Bottom line"), "outcome__bottom_line", _labelled(BottomLine.choices, by_line)),
        choice_filter("virkning", _("Outcome"), "outcome", _labelled(_named(outcomes()), by_outcome)),
        choice_filter("tema", _("Theme"), "theme", _labelled(_named(themes), by_theme)),
        choice_filter("verdensmaal", _("UN goal"), "goal", _labelled(_named(goals), by_goal)),
    )


def _named(rows: Iterable[Model]) -> list[tuple[Any, str]]:
    return [(row.pk, row.name if isinstance(row, Outcome) else row.label) for row in rows]  # type: ignore[attr-defined]


def _labelled(choices: Iterable[tuple[Any, Any]], numbers: Counter[Hashable]) -> list[tuple[Any, str]]:
    return [(value, f"{label} ({numbers[value]})") for value, label in choices if numbers[value]]
