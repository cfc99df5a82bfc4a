"""Fields in which people choose themes, target groups and UN goals."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import get_language

from .models import Topic


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Checkboxes with names in the reader's language, and in its alphabetical order; UN goals by number."""

    widget = forms.CheckboxSelectMultiple

    def __deepcopy__(self, memo: Any) -> "TopicsField":
        """Each form takes a copy, so here the reader's language is known."""
        copy: TopicsField = super().__deepcopy__(memo)
        rows: Any = copy.queryset
        if get_language() == "en" and issubclass(rows.model, Topic):
            copy.queryset = rows.order_by("name_en", "pk")
        return copy

    def label_from_instance(self, obj: Model) -> str:
        label: Any = obj.label  # type: ignore[attr-defined]
        return str(label)
