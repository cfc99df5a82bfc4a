"""Themes, target groups and UN goals found by any of their names."""

from fyrtaarn.foundation.importing import Lookup

from .models import Goal, TargetGroup, Theme, Topic


def themes() -> Lookup[Theme]:
    """Themes by their names in both languages."""
    return Lookup((theme, theme.label, _names(theme)) for theme in Theme.objects.all())


def target_groups() -> Lookup[TargetGroup]:
    """Target groups by their names in both languages."""
    return Lookup((group, group.label, _names(group)) for group in TargetGroup.objects.all())


def goals() -> Lookup[Goal]:
    """UN goals by number, with or without a word before it, and by their names in both languages."""
    return Lookup(
        (
            goal,
            goal.label,
            [
                goal.name_da,
                goal.name_en,
                f"{goal.number}. {goal.name_da}",
                f"{goal.number}. {goal.name_en}",
                *(f"{word}{goal.number}" for word in ("", "0", "SDG ", "SDG", "mål ", "verdensmål ", "goal ", "VM ")),
            ],
        )
        for goal in Goal.objects.all()
    )


def _names(topic: Topic) -> tuple[str, str, str]:
    return topic.name, topic.name_en, topic.slug
