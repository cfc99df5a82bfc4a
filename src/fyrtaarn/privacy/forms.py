"""Forms of those who look after a municipality's data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField

from .models import ArchiveDecision, Register
from .retention import retained


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the archive has decided about one kind of matter."""

    holding = forms.ChoiceField(label=_("What it is about"))

    class Meta:
        model = ArchiveDecision
        fields = ("holding", "before", "kind", "reference")
        field_classes = {"before": DateField}
        help_texts = {
            "before": _("What ended before this day may go, once its time is over."),
            "reference": _("The number of the archive's letter or of your case."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gated = [(holding.key, holding.what) for holding, retention in retained() if retention.municipality]
        field: Any = self.fields["holding"]
        field.choices = [("", _("Choose")), *gated]

    def clean_before(self) -> Any:
        before = self.cleaned_data["before"]
        if before > clock.today():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return before


class SearchForm(forms.Form):
    """Whom a request for access is about."""

    q = forms.CharField(label=_("Name, e-mail address or CVR number"), min_length=3, max_length=100)


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which case a register is for."""

    class Meta:
        model = Register
        fields = ("reason",)
        help_texts = {"reason": _("The number of the case, or what was asked. It is noted with your name.")}
