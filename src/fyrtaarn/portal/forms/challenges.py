"""The steps of writing a challenge, and ending one."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField
from fyrtaarn.listings.models import Audience
from fyrtaarn.people.models import User
from fyrtaarn.topics.forms import TopicsField
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from ..models import Challenge, Possibility
from ..queries.people import possible_contacts
from ..rules import departments_edited, leads
from ..suggestions import suggestions_for
from .drafts import LONGEST_TEXT, DraftForm

TITLE_HINT = _("In one line, as you would say it to a colleague.")


class ChallengeStepForm(DraftForm):
    """One step of writing a challenge in a municipality, for one person."""

    def __init__(self, *args: Any, user: User, instance: Challenge, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, instance=instance, **kwargs)


class SituationForm(ChallengeStepForm):
    """First step: what it is about."""

    needed = ("title", "situation")

    class Meta:
        model = Challenge
        fields = ("title", "situation", "whom", "change")
        widgets = {
            "situation": forms.Textarea(attrs={"rows": 6}),
            "whom": forms.Textarea(attrs={"rows": 2}),
            "change": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": TITLE_HINT,
            "situation": _(
                "What happens, where do you see it, what have you tried? Write nothing about single persons."
            ),
            "whom": _("For instance: young people between 16 and 24 in two housing areas."),
            "change": _("What would be different if it worked?"),
        }


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People by name and job title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.title}" if obj.title else str(obj)


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class DepartmentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class FrameForm(ChallengeStepForm):
    """Second step: where, when, what is possible, who owns it, and what it is about in the shared words."""

    template_name = "portal/forms/frame.html"
    needed = ("department", "contact")
    many = ("partners", "districts", "themes", "target_groups", "goals")
    department = DepartmentField(Department.objects.none(), label=_("Department"), empty_label=_("Choose a department"))
    partners = DepartmentsField(
        Department.objects.none(),
        label=_("Owned together with"),
        help_text=_("They are told, can change the challenge as you can, and can leave it again."),
    )
    contact = PersonField(
        User.objects.none(),
        label=_("Contact"),
        empty_label=_("Choose a person"),
        help_text=_("Those who want to help turn to this person. Only people who are signed in see the name."),
    )
    districts = forms.ModelMultipleChoiceField(
        District.objects.none(), label=_("Districts"), widget=forms.CheckboxSelectMultiple
    )
    needed_by = DateField(label=_("Answers wanted before"))
    possibilities = forms.MultipleChoiceField(
        label=_("What is possible?"),
        choices=Possibility.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It binds you to nothing. It helps others to see what they can propose."),
    )
    themes = TopicsField(Theme.objects.all(), label=_("Themes"))
    target_groups = TopicsField(TargetGroup.objects.all(), label=_("Target groups"))
    goals = TopicsField(Goal.objects.all(), label=_("UN goals"))

    class Meta:
        model = Challenge
        fields = (
            "department",
            "contact",
            "where",
            "when",
            "needed_by",
            "possibilities",
        )
        help_texts = {
            "where": _("An address, a neighbourhood, a school, or everywhere in the municipality."),
            "when": _("For instance: from the spring, for half a year."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        challenge, municipality = self.instance, self.instance.municipality
        current = Department.objects.current().filter(municipality=municipality)
        others = current.exclude(pk=challenge.department_id)
        mine = Q() if leads(self.user, municipality) else Q(pk__in=departments_edited(self.user, municipality))
        choices = {
            "department": current.filter(mine) | Department.objects.filter(pk=challenge.department_id),
            "contact": possible_contacts(municipality) | User.objects.filter(pk=challenge.contact_id).order_by("name"),
            "partners": others | Department.objects.filter(pk__in=[partner.pk for partner in challenge.partners.all()]),
            "districts": District.objects.filter(municipality=municipality),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.read_choices()
        self.suggested = suggestions_for(
            challenge.title, challenge.situation, self.read["themes"], self.read["target_groups"], self.read["goals"]
        )

    def clean_needed_by(self) -> date | None:
        day: date | None = self.cleaned_data["needed_by"]
        if day and day != self.instance.needed_by and day < clock.today():
            raise forms.ValidationError(_("Choose a day that has not passed."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "partners" in values:
            lead = values.get("department")
            values["partners"] = [partner for partner in values["partners"] if partner != lead]
        return values


class ReviewForm(ChallengeStepForm):
    """Last step: who can see it."""

    needed = ("audience",)
    audience = forms.ChoiceField(label=_("Who can see it?"), choices=Audience.choices[:2], widget=forms.RadioSelect)

    class Meta:
        model = Challenge
        fields = ("audience",)

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or str(self.instance.audience)


class EndForm(forms.Form):
    """Solve or close a challenge, and say what was learned."""

    learned = forms.CharField(
        label=_("What did you learn?"),
        help_text=_("A few sentences that help the next department with the same challenge. Everybody can read them."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_TEXT,
    )
