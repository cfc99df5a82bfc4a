"""Themes, target groups and goals: nothing of people."""

from fyrtaarn.foundation.personal_data import holds_nothing

from .models import Goal, TargetGroup, Theme

holds_nothing(Theme, "name", "sort_key", "slug", "name_en", "description_da", "description_en")
holds_nothing(TargetGroup, "name", "sort_key", "slug", "name_en")
holds_nothing(Goal, "name_da", "name_en")
