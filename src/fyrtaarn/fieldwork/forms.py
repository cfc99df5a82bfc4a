"""What hosts and guests write. People choose the last day of a period; the database keeps the day after."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.forms import DateField, DaysForm
from fyrtaarn.organisations.models import Organisation

from .actions import MOST_PLACES, OFFER_FIELDS
from .models import FieldworkOffer, OfferKind

LONGEST = 5000


def _text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class OfferForm(forms.Form):
    """What an institution offers."""

    kind = forms.ChoiceField(label=_("What do you offer?"), choices=OfferKind.choices, widget=forms.RadioSelect)
    institution = forms.CharField(label=_("Institution"), max_length=150)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=150, help_text=_("In a few words, as in “A desk in the youth school”.")
    )
    text = _text(_("What can the guest see and do?"))
    rules = _text(_("Rules of the house"), required=False)
    declaration = _text(
        _("Confidentiality declaration"),
        required=False,
        help_text=_("The guest signs it before the stay. Leave it empty if there is nothing to keep to oneself."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class NewOfferForm(OfferForm):
    """An offer, and which department makes it."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), empty_label=None)

    field_order = ("department",)

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["department"].label_from_instance = lambda department: department.label  # type: ignore[attr-defined]


def initial_of(offer: FieldworkOffer) -> dict[str, Any]:
    return {**{name: getattr(offer, name) for name in OFFER_FIELDS}, "version": offer.version}


class PeriodForm(DaysForm):
    """Days, and how many may come."""

    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))
    hours = forms.CharField(
        label=_("Time of day"), max_length=80, required=False, help_text=_("For example 9–15, or Tuesdays 9–12.")
    )
    places = forms.IntegerField(label=_("How many can come?"), min_value=1, max_value=MOST_PLACES, initial=1)

    @property
    def ends(self) -> date:
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


class ApplyForm(forms.Form):
    """For which organisation, and why; what we know of both is not asked for again."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=None,
        help_text=_("You apply for one place, for yourself."),
    )
    purpose = _text(_("What do you want to understand?"), help_text=_("Two or three sentences are enough."))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A yes, a no or a change of mind, in words."""

    reason = _text(_("What do you want to say?"), rows=3, help_text=_("The other side reads it."))


class SignForm(forms.Form):
    """A name typed under the declaration."""

    name = forms.CharField(label=_("Type your full name"), max_length=150)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class LearnedForm(forms.Form):
    """What one side learned."""

    text = _text(_("What did you learn?"), rows=6)
    agrees = forms.BooleanField(
        label=_("Everybody may read it"),
        required=False,
        help_text=_("It is shown once the other side has said yes too. Name nobody you have met."),
    )


class AgreeForm(forms.Form):
    """Which words one has read and says yes to."""

    wording = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
