"""What administrators, community managers and the parties write."""

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.forms import offer
from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField
from fyrtaarn.organisations.models import Organisation, OrganisationKind
from fyrtaarn.people.models import User

from .models import Appointment, Asking, Introduction, Note, Outcome, Wish, WishState
from .queries import agreements_for, possible_managers
from .queries.introductions import key_of
from .rules import PartyOf


def _label(model: Any, field: str) -> Any:
    return capfirst(model._meta.get_field(field).verbose_name)


def _text(label: Any, *, longest: int = 2000, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **options)


class AppointForm(forms.Form):
    """Who looks after which district from when."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who?"),
        empty_label=_("Choose a person"),
        help_text=_("People with the role of a community manager. Give the role first under “Roles and invitations”."),
    )
    district = forms.ModelChoiceField(District.objects.none(), label=_("District"), empty_label=_("Choose a district"))
    deputy = forms.BooleanField(
        label=_("As deputy"), required=False, help_text=_("Works on the board while the community manager is away.")
    )
    starts = DateField(label=_("First day"))

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", possible_managers(municipality))
        offer(self, "district", municipality.districts.all())
        self.fields["starts"].initial = clock.today()


class EndForm(forms.Form):
    """When an appointment ends."""

    on = DateField(label=_("The appointment ends on"), help_text=_("From this day it no longer holds."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on < clock.today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return on


class AboutMeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a community manager tells of herself, and when she is away."""

    class Meta:
        model = Appointment
        fields = ("greeting", "house", "away_from", "away_until")
        field_classes = {"away_from": DateField, "away_until": DateField}
        help_texts = {
            "greeting": _("Everybody can read it on the district's page. Write the phone number and hours yourself."),
            "house": _("The house or hub where people meet you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = self.instance.district.municipality
        offer(self, "house", Organisation.objects.filter(kind=OrganisationKind.HUB, home=home, closed=None))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        away, back = cleaned.get("away_from"), cleaned.get("away_until")
        if bool(away) != bool(back) and not {"away_from", "away_until"} & self.errors.keys():
            self.add_error("away_until", _("Write both days, or neither."))
        if away and back and back <= away:
            self.add_error("away_until", _("You must be back after the day on which you leave."))
        return cleaned


class TitleForm(forms.Form):
    """What an introduction is about."""

    title = forms.CharField(
        label=_label(Introduction, "title"),
        max_length=150,
        help_text=_("A few words that all of them can read. For instance: A hall for the repair café"),
    )


class BeginForm(TitleForm):
    """A new introduction."""

    draft_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class BeginPairForm(BeginForm):
    """A new introduction of one who seeks and one who offers."""

    sought_reason = _text("")
    offered_reason = _text("")

    def __init__(self, *args: Any, seeker: str, offerer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _("Only they read this. Tell what the other can do for them.")
        for name, who in (("sought_reason", seeker), ("offered_reason", offerer)):
            self.fields[name].label = _("What do you write to %(who)s?") % {"who": who}
            self.fields[name].help_text = own


class ReasonForm(forms.Form):
    """What one party is told."""

    reason = _text(_label(Asking, "reason"), help_text=_("Only they read this. Tell what the other can do for them."))


class FindForm(forms.Form):
    """Find somebody to introduce."""

    navn = forms.CharField(
        label=_("Name, or a person's e-mail address"),
        max_length=150,
        help_text=_("Part of a department's or an organisation's name. A person must have an account here."),
    )


class AddPartyForm(ReasonForm):
    """One of those who were found, and why."""

    navn = forms.CharField(widget=forms.HiddenInput, max_length=150)
    party = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    field_order = ("navn", "party", "reason")

    def __init__(self, *args: Any, found: list[PartyOf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key_of(party), _name(party)) for party in found]
        self.fields["party"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["party"].initial = choices[0][0]


def _name(party: PartyOf) -> str:
    if isinstance(party, Organisation):
        return f"{party.name}, {party.home.label}"
    return str(party) if isinstance(party, User) else party.label


class MetForm(forms.Form):
    """When they met."""

    on = DateField(label=_label(Introduction, "met_on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class ConcludeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_label(Introduction, "outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    words = _text(_label(Introduction, "outcome_words"), help_text=_("Those who were introduced can read it."))
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Which agreement?"),
        required=False,
        empty_label=_("None, or not public"),
    )
    follow_up = DateField(label=_("Remind me again on"), required=False)

    def __init__(self, *args: Any, introduction: Introduction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agreement", agreements_for(introduction))


class FollowUpForm(forms.Form):
    """When to look at it again."""

    on = DateField(
        label=_label(Introduction, "follow_up"), required=False, help_text=_("Leave it empty to have no reminder.")
    )


class AnswerForm(forms.Form):
    """Whether the others get one's name and e-mail address when all have said yes."""

    shares_contact = forms.BooleanField(
        label=_("When all have said yes, the others may see my name and e-mail address"), required=False
    )


class WishForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a local committee has asked for, who took it up and what became of it."""

    source = forms.URLField(label=_label(Wish, "source"), required=False, assume_scheme="https")

    class Meta:
        model = Wish
        fields = ("local_body", "title", "text", "asked_on", "source", "state", "taken_by", "became")
        field_classes = {"asked_on": DateField}
        help_texts = {
            "title": _("Everybody can read it on the district's page."),
            "taken_by": _("A department, an organisation or a group. No names of private persons."),
        }

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "local_body", district.local_bodies.order_by("sort_key", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("state")
        if state == WishState.TAKEN and not cleaned.get("taken_by"):
            self.add_error("taken_by", _("Write who has taken it up."))
        if state in (WishState.FULFILLED, WishState.DROPPED) and not cleaned.get("became"):
            self.add_error("became", _("Write what became of it."))
        return cleaned


class NoteForm(forms.Form):
    """What a community manager wants to remember."""

    title = forms.CharField(label=_label(Note, "title"), max_length=150)
    text = _text(_label(Note, "text"), longest=5000, rows=8, required=False)
    email = forms.EmailField(
        label=_label(Note, "email"),
        max_length=254,
        required=False,
        help_text=_("With it the person gets what you have noted when she asks for a copy of what is held on her."),
    )
    phone = forms.CharField(label=_label(Note, "phone"), max_length=30, required=False)
    follow_up = DateField(label=_label(Note, "follow_up"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class NewNoteForm(NoteForm):
    """A new note."""

    version = None  # type: ignore[assignment]
    draft_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def initial_of_note(note: Note) -> dict[str, Any]:
    """What the form of a note begins with."""
    return {name: getattr(note, name) for name in ("title", "text", "email", "phone", "follow_up", "version")}
