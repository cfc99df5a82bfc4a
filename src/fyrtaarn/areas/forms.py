"""Forms of the administrator's pages."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.colours import TEXT_CONTRAST, WHITE, contrast
from fyrtaarn.foundation.forms import DateField

from .models import Department, District, LocalBody, Municipality


def offer(form: forms.Form | forms.ModelForm, name: str, rows: QuerySet[Any]) -> None:  # type: ignore[type-arg]
    """Let a choice field of the form offer these rows."""
    field: Any = form.fields[name]
    field.queryset = rows


class EditForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that remembers which version of its subject it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def values(self) -> dict[str, Any]:
        """What was written, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def overtaken(self, version: int) -> None:
        """Say that somebody else has saved; what was written stays, and saving again is a choice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data
        self.add_error(
            None,
            _(
                "Somebody else saved changes while you were writing. Your text is still here. Open the page in a new"
                " tab to see theirs, then save again if yours is to stand."
            ),
        )


class MunicipalityForm(EditForm):
    """How the municipality presents itself."""

    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Colour"),
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Buttons and links get this colour. It must be dark enough for white text."),
    )

    class Meta:
        model = Municipality
        fields = ("name", "name_en", "welcome_da", "welcome_en", "contact_email", "contact_phone", "accent")
        help_texts = {
            "welcome_da": _("A few sentences on the front page: what may one come here for?"),
            "welcome_en": _("The same for those who read English."),
            "contact_email": _("A shared mailbox. Shown on the pages about accessibility and personal data."),
        }

    def clean_accent(self) -> str:
        accent: str = self.cleaned_data["accent"].lower()
        if contrast(accent, WHITE) < TEXT_CONTRAST:
            raise forms.ValidationError(_("White text cannot be read on this colour. Choose a darker one."))
        return accent


class DepartmentForm(EditForm):
    """A department: its names and what it works with."""

    class Meta:
        model = Department
        fields = ("name", "name_en", "abbreviation", "formerly", "committee", "what_da", "what_en", "valid_from")
        field_classes = {"valid_from": DateField}
        help_texts = {
            "formerly": _("The name that people may still know it by."),
            "valid_from": _("Leave it empty if the department has been there for a long time."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("valid_from"), self.instance.valid_to
        if begins and ends and begins >= ends:
            self.add_error("valid_from", _("The department must begin before the day on which it ends."))
        return cleaned


class EndDepartmentForm(forms.Form):
    """When a department ends and who takes over."""

    on = DateField(label=_("The department ends on"), help_text=_("From this day it is no longer there."))
    successor = forms.ModelChoiceField(
        Department.objects.none(),
        required=False,
        label=_("An existing department takes over"),
        empty_label=_("None"),
    )
    new_name = forms.CharField(max_length=200, required=False, label=_("Or a new department takes over: its name"))

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department = department
        self.fields["on"].initial = clock.today()
        offer(self, "successor", department.municipality.departments.filter(valid_to=None).exclude(pk=department.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("successor") and cleaned.get("new_name"):
            self.add_error("new_name", _("Choose an existing department or write a new one, not both."))
        return cleaned


class DistrictForm(EditForm):
    """A district and where it is."""

    class Meta:
        model = District
        fields = ("name", "number", "latitude", "longitude")
        help_texts = {"latitude": _("Of the middle, for the map. Example: 55.491")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Write both latitude and longitude, or neither."))
        for name, most in (("latitude", 90), ("longitude", 180)):
            value = cleaned.get(name)
            if value is not None and abs(value) > most:
                self.add_error(name, _("Write a number from −%(most)s to %(most)s.") % {"most": most})
        return cleaned


class LocalBodyForm(EditForm):
    """A local committee or the like."""

    class Meta:
        model = LocalBody
        fields = ("name", "kind", "district")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "district", municipality.districts.all())
