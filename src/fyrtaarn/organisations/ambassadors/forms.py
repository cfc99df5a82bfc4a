"""Forms about ambassadors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.forms import EditForm
from fyrtaarn.areas.models import Department
from fyrtaarn.people.models import User
from fyrtaarn.topics.forms import TopicsField
from fyrtaarn.topics.models import Theme

from ..models import Ambassador
from .queries import candidates


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several people, with her title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.title}" if obj.title else str(obj)


class AppointForm(forms.Form):
    """Whom the department asks."""

    person = PersonField(
        label=_("Whom do you ask?"),
        queryset=User.objects.none(),
        help_text=_("Those who have a role in the department or in the whole municipality."),
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates(department)  # type: ignore[attr-defined]


class WordsForm(EditForm):
    """What an ambassador can help with, and who may see it."""

    themes = TopicsField(label=_("Themes"), queryset=Theme.objects.all(), required=False)

    class Meta:
        model = Ambassador
        fields = ("help_da", "help_en", "themes", "shown")
        help_texts = {
            "help_da": _("One or two sentences, as you would say it to an entrepreneur."),
            "shown": _("If you do not say yes to this, only your colleagues can see that you are an ambassador."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("shown") and not (cleaned.get("help_da") or cleaned.get("help_en")):
            self.add_error("help_da", _("Write what you can help with, so that people know what to ask you about."))
        return cleaned
