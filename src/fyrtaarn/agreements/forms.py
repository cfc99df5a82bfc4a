"""What people write in an agreement. People choose the last day of the period; the database keeps the day after."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.forms import DateField, DaysForm
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import TERMS, Agreement, AgreementKind, Course, Terms

LONGEST = 5000


def _text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class TermsForm(DaysForm):
    """What the parties say yes to, and the version that the writer has read."""

    title = forms.CharField(label=_("Title"), max_length=200)
    goal = _text(_("Goal"), help_text=_("What will be different when you have succeeded?"))
    promised_effect = _text(
        _("Promised effect"), required=False, help_text=_("If you can: how much, for how many, and before when.")
    )
    starts = DateField(label=_("First day"), required=False)
    last_day = DateField(label=_("Last day"), required=False)
    public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        help_text=_(
            "Shows the title, goal, promised effect, parties, period and, at the end, what you learned. Never your"
            " messages or contacts. Each party can hide it again."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    @property
    def terms(self) -> dict[str, Any]:
        """The cleaned values as the model keeps them."""
        last_day = self.cleaned_data["last_day"]
        values = {name: self.cleaned_data[name] for name in TERMS if name in self.cleaned_data}
        return {**values, "ends": last_day and last_day + timedelta(days=1)}

    def overtaken_by(self, current: Agreement) -> list[tuple[str, Any, Any]]:
        """Take over the version of what somebody else has saved; gives label, own and their text where they differ."""
        self.data = {**self.data.dict(), "version": str(current.version)}  # type: ignore[attr-defined]
        self.add_error(
            None, _("Somebody else has saved in the meantime. Your text is still here: compare, and save again.")
        )
        theirs = initial_of(current)
        return [
            (str(self.fields[name].label), self.cleaned_data[name], theirs[name])
            for name in ("title", "goal", "promised_effect", "starts", "last_day", "public")
            if self.cleaned_data[name] != theirs[name]
        ]


def initial_of(terms: Terms) -> dict[str, Any]:
    """Terms as the form shows them."""
    return {**{name: getattr(terms, name) for name in TERMS}, "last_day": terms.last_day}


class ChangeForm(TermsForm):
    """Other terms for an active agreement, and why."""

    reason = _text(_("Why do you want the change?"), rows=3)
    starts = DateField(label=_("First day"))


KINDS = (
    (AgreementKind.COLLABORATION, _("A collaboration")),
    (AgreementKind.TERMS, _("Terms over several years: money, help to get started or rooms, bound to an effect")),
)


class BeginFromForm(TermsForm):
    """A new draft of a dialogue, and what it is about."""

    sort = forms.ChoiceField(
        label=_("What do you agree on?"), choices=KINDS, widget=forms.RadioSelect, initial=AgreementKind.COLLABORATION
    )

    @property
    def kind(self) -> AgreementKind:
        return AgreementKind(self.cleaned_data["sort"])


class BeginForm(BeginFromForm):
    """A new draft, and for whom one writes it."""

    own = forms.ChoiceField(label=_("For whom do you make the agreement?"))
    draft_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    field_order = ("own", "sort")

    def __init__(
        self, *args: Any, departments: Iterable[Department], organisations: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties: dict[str, Department | Organisation] = {
            **{f"department-{d.pk}": d for d in departments},
            **{f"organisation-{o.pk}": o for o in organisations},
        }
        self.fields["own"].choices = [(key, _label(party)) for key, party in self.parties.items()]  # type: ignore[attr-defined]

    @property
    def party(self) -> Department | Organisation:
        return self.parties[self.cleaned_data["own"]]


def _label(party: Department | Organisation) -> str:
    return str(party) if isinstance(party, Organisation) else f"{party.label}, {party.municipality.label}"


class PartySearchForm(forms.Form):
    """Find a department or an organisation."""

    navn = forms.CharField(label=_("Name or CVR number"), max_length=100, required=False)


class ContactForm(forms.Form):
    """Who is the party's contact."""

    contact = forms.ModelChoiceField(User.objects.none(), label=_("Contact"), empty_label=None)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("pk")  # type: ignore[attr-defined]
        field.choices = [(user.pk, str(user)) for user in people]  # type: ignore[attr-defined]


class RefusalForm(forms.Form):
    """Why not."""

    reason = _text(_("Why not, and what would make it a yes?"))


class StatusForm(forms.Form):
    """How it goes."""

    course = forms.ChoiceField(label=_("How is it going?"), choices=Course.choices, widget=forms.RadioSelect)
    text = _text(_("In a few words"), rows=3)


class ReviewForm(forms.Form):
    """A day to look at how it goes."""

    due = DateField(label=_("Day"))
    question = forms.CharField(label=_("What will you look at?"), max_length=200, required=False)


class HoldForm(forms.Form):
    """What the parties found."""

    outcome = forms.ChoiceField(label=_("How is it going?"), choices=Course.choices, widget=forms.RadioSelect)
    note = _text(_("What you found"))


class ExperienceForm(forms.Form):
    """How it ended and what was learned."""

    how = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[("complete", _("It is completed")), ("end", _("It ends early"))],
        widget=forms.RadioSelect,
    )
    worked = _text(_("What worked?"), rows=3)
    did_not_work = _text(_("What did not?"), rows=3)
    next_time = _text(_("What next?"), rows=3, help_text=_("What would you do another time, and who takes it further?"))
