"""Forms of saved searches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm

from .models import SavedSearch


class SavedSearchForm(forms.ModelForm):  # type: ignore[type-arg]
    """A search's name, and how often to be told."""

    rhythm = forms.ChoiceField(label=_("Tell me"), choices=Rhythm.choices, initial=Rhythm.AT_ONCE)

    class Meta:
        model = SavedSearch
        fields = ("name", "rhythm")
        labels = {"name": _("What shall the search be called?")}
