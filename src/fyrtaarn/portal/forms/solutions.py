"""Describing a solution: one form in sections, references row by row, and pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.choices import keys_of
from fyrtaarn.foundation.files import PICTURES, check_upload
from fyrtaarn.foundation.forms import UploadField
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.topics.forms import TopicsField
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from ..models import Reference, Solution
from .drafts import LONGEST_TEXT, DraftForm

INTERVALS = ((90, _("Every three months")), (180, _("Twice a year")), (365, _("Once a year")))
MOST_REFERENCES = 20
FIRST_YEAR = 1900


class DistrictsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Districts of several municipalities."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.municipality.label}"


class SolutionForm(DraftForm):
    """All that a solution says; opens with what the organisation has already told."""

    template_name = "portal/forms/solution.html"
    needed = ("title", "what", "stage", "capacity_now", "price_model", "confirm_every")
    many = ("themes", "target_groups", "goals", "districts", "delivers_in")
    themes = TopicsField(Theme.objects.all(), label=_("Themes"))
    target_groups = TopicsField(TargetGroup.objects.all(), label=_("Target groups"))
    goals = TopicsField(Goal.objects.all(), label=_("UN goals"))
    districts = DistrictsField(District.objects.none(), label=_("Districts"))
    delivers_in = forms.ModelMultipleChoiceField(
        Municipality.objects.filter(open=True),
        label=_("Also delivered in"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your own municipality is always included."),
    )
    confirm_every = forms.TypedChoiceField(
        label=_("How often shall we ask whether it still holds?"),
        coerce=int,
        choices=INTERVALS,
        widget=forms.RadioSelect,
        help_text=_("One click is enough. Solutions that nobody confirms come later in searches."),
    )

    class Meta:
        model = Solution
        fields = (
            "title",
            "what",
            "for_whom",
            "stage",
            "evidence",
            "delivers_everywhere",
            "capacity",
            "capacity_now",
            "price_model",
            "price_note",
            "confirm_every",
        )
        widgets = {
            "what": forms.Textarea(attrs={"rows": 6}),
            "for_whom": forms.Textarea(attrs={"rows": 2}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
            "stage": forms.RadioSelect,
            "capacity_now": forms.RadioSelect,
            "price_model": forms.RadioSelect,
        }
        help_texts = {
            "title": _("In one line: what do you do for whom?"),
            "what": _("Tell it to somebody who does not know your field."),
            "evidence": _("Figures, an evaluation, what people say. Few words are better than none."),
            "capacity": _("For instance: eight participants at a time, or 200 meals a day."),
            "price_note": _("For instance: from 450 kr. an hour, or depends on the task."),
        }

    def __init__(self, *args: Any, instance: Solution, **kwargs: Any) -> None:
        if instance.pk is None:
            kwargs["initial"] = {**told_already(instance.organisation), **(kwargs.get("initial") or {})}
        super().__init__(*args, instance=instance, **kwargs)
        districts = District.objects.filter(municipality__open=True).select_related("municipality")
        self.fields["districts"].queryset = districts.order_by("municipality__sort_key", "sort_key")  # type: ignore[attr-defined]
        self.fields["delivers_in"].queryset = Municipality.objects.filter(open=True).exclude(  # type: ignore[attr-defined]
            pk=instance.organisation.home_id
        )
        if instance.confirm_every not in dict(INTERVALS):
            own = (instance.confirm_every, _("Every %(days)d days") % {"days": instance.confirm_every})
            self.fields["confirm_every"].choices = (*INTERVALS, own)  # type: ignore[attr-defined]
        for name in ("stage", "capacity_now", "price_model"):
            self.fields[name].choices = self.Meta.model._meta.get_field(name).choices  # type: ignore[attr-defined,union-attr]
        self.read_choices()

    def clean(self) -> dict[str, Any]:
        """A choice left empty in a hand-made request keeps its value."""
        values: dict[str, Any] = super().clean() or {}
        for name in ("stage", "capacity_now", "price_model", "confirm_every"):
            values[name] = values.get(name) or getattr(self.instance, name)
        return values


def told_already(organisation: Organisation) -> dict[str, Any]:
    """What the organisation's profile says, as the first values of a new solution."""
    shared = ("themes", "target_groups", "goals", "districts")
    return {
        "for_whom": organisation.for_whom,
        "capacity": organisation.capacity,
        **keys_of(organisation, shared),
    }


class ReferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """One place where the solution has been used; an empty row is no row."""

    use_required_attribute = False

    class Meta:
        model = Reference
        fields = ("title", "year", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2}), "year": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].max_length = LONGEST_TEXT  # type: ignore[attr-defined]
        self.fields["title"].required = False

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year and not FIRST_YEAR <= year <= clock.today().year:
            raise ValidationError(_("Write a year that has begun, with four digits."))
        return year

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("title") and (values.get("year") or values.get("note")):
            self.add_error("title", _("Write where, or with whom."))
        return values


ReferenceFormSet = forms.formset_factory(
    ReferenceForm, extra=1, max_num=MOST_REFERENCES, can_delete=True, can_delete_extra=False
)


def references_in(formset: Any) -> list[dict[str, Any]]:
    """The rows that are filled in and not marked to go."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("title")]
    return [{name: row[name] for name in ("title", "year", "note")} for row in rows if not row.get("DELETE")]


class NewPictureForm(forms.Form):
    """A picture, with words for those who do not see it."""

    picture = UploadField(
        label=_("Picture"), required=False, accept=",".join(kind.media_type for kind in PICTURES.values())
    )
    alternative_text = forms.CharField(
        label=_("What does the picture show?"),
        required=False,
        max_length=300,
        help_text=_("For those who do not see it: who does what where?"),
    )

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        if upload and check_upload(upload) not in PICTURES.values():
            raise ValidationError(_("Choose a picture: png, jpg, webp or gif."))
        return upload

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("picture") and not values.get("alternative_text", "").strip():
            self.add_error("alternative_text", _("Write what the picture shows, so that everybody gets it."))
        return values
