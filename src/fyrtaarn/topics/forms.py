"""Fields in which people choose themes, target groups and UN goals."""

from typing import Any

from django import forms
from django.db.models import Model


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Checkboxes with names in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Model) -> str:
        label: Any = obj.label  # type: ignore[attr-defined]
        return str(label)
