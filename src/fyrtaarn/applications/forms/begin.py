"""What an application begins with."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.choices import ChoicesTogether
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.pitches.models import Pitch
from fyrtaarn.pools.models import Call, Stage
from fyrtaarn.portal.models import Challenge, Solution

from .. import queries
from ..actions import Beginning
from ..eligibility import hindrances

NONE = _("None")


class KeyForm(forms.Form):
    """Carries a key, so that a form that is sent twice makes one draft."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean_key(self) -> uuid.UUID:
        """The key; what is none is as a form that was never sent before."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()


class StageField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the call's stages."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class BeginForm(ChoicesTogether, KeyForm):
    """Which organisation applies, and what the application is built on. Nothing is asked that has one answer."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    stage = StageField(
        label=_("What do you apply for?"), queryset=Stage.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    solution = forms.ModelChoiceField(
        label=_("Build on a solution"),
        queryset=Solution.objects.none(),
        required=False,
        empty_label=NONE,
        help_text=_("What you have written of it is put in the right places."),
    )
    challenge = forms.ModelChoiceField(
        label=_("Answer a challenge"),
        queryset=Challenge.objects.none(),
        required=False,
        empty_label=NONE,
        help_text=_("Those that fit your solutions best stand first."),
    )
    pitch = forms.ModelChoiceField(
        label=_("Use the words of a pitch"), queryset=Pitch.objects.none(), required=False, empty_label=NONE
    )

    def __init__(self, *args: Any, user: User, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        teams = [membership.organisation_id for membership in memberships_of(user)]
        fields: dict[str, Any] = dict(self.fields)
        fields["organisation"].queryset = Organisation.objects.filter(pk__in=teams).order_by("sort_key", "pk")
        if len(teams) == 1:
            fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = teams[0]
        fields["stage"].queryset = Stage.objects.filter(rules=call.rules_id).order_by("number")
        fields["solution"].queryset = queries.solutions_of(teams)
        fields["pitch"].queryset = queries.pitches_of(teams)
        fields["challenge"].queryset = queries.challenges_in(call.pool.municipality_id)
        self.read_choices()
        if len(self.read["stage"]) < 2:
            del self.fields["stage"]
        for name in ("solution", "pitch", "challenge"):
            if not self.read[name]:
                del self.fields[name]
        if "challenge" in self.fields:
            fitting = queries.fitting_challenges(user, teams, call.pool.municipality_id)
            fields["challenge"].choices = self._challenges(fitting)

    def _challenges(self, fitting: Sequence[int]) -> list[tuple[Any, Any]]:
        """Those that fit first, the best in front."""
        named = {one.pk: str(one) for one in self.read["challenge"]}
        near, rest = [pk for pk in fitting if pk in named], [pk for pk in named if pk not in fitting]
        groups = [(_("Fits you"), near), (_("All others") if near else _("Challenges"), rest)]
        return [("", NONE), *((label, [(pk, named[pk]) for pk in keys]) for label, keys in groups if keys)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation, stage = cleaned.get("organisation"), cleaned.get("stage")
        if organisation is not None and self.call.rules is not None:
            for sentence in hindrances(organisation, self.call.rules, stage):
                self.add_error(None, str(sentence))
            for name in ("solution", "pitch"):
                if cleaned.get(name) and cleaned[name].organisation_id != organisation.pk:
                    self.add_error(name, _("Choose one of the organisation's own."))
        return cleaned

    @property
    def beginning(self) -> Beginning:
        chosen: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in ("stage", "solution", "challenge", "pitch")
        }
        return Beginning(**chosen, key=self.cleaned_data["key"])


class CarryForm(KeyForm):
    """To which call an earlier application is carried over."""

    call = forms.ModelChoiceField(
        label=_("To which call?"), queryset=Call.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["call"]
        field.queryset = queries.open_calls()
        field.label_from_instance = lambda call: f"{call.pool.municipality.label}: {call.pool.label}, {call.label}"
