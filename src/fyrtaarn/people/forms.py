"""Forms about roles, invitations and one's own profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.forms import offer
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import Choice

from .models import DEPARTMENT_KINDS, RoleKind, User

LANGUAGES = [("da", "Dansk"), ("en", "English")]  # each by its own name
PHONE = r"^[+0-9][0-9 ()-]{4,28}$"


class RoleForm(forms.Form):
    """A role, and the department in which it is held."""

    kind = forms.ChoiceField(choices=[("", _("Choose a role")), *RoleKind.choices], label=_("Role"))
    department = forms.ModelChoiceField(
        Department.objects.none(),
        required=False,
        label=_("Department"),
        empty_label=_("The whole municipality"),
        help_text=_("Department editors, contact persons and leads belong to a department."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.current().filter(municipality=municipality))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in DEPARTMENT_KINDS and "department" in cleaned and not cleaned["department"]:
            self.add_error("department", _("Choose the department in which the role is held."))
        return cleaned


class AddPersonForm(RoleForm):
    """Who gets the role, and in which language the invitation is written."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Whoever has an account gets the role at once. Others get an invitation by mail."),
    )
    starts = DateField(label=_("The role holds from"), required=False)
    language = forms.ChoiceField(choices=LANGUAGES, label=_("Language of the invitation"))
    field_order = ("email", "kind", "department", "starts", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].help_text = _(
            "Leave it empty for today. An invited person has it from the day the invitation is accepted."
        )

    def clean_starts(self) -> Any:
        starts = self.cleaned_data["starts"]
        if starts is not None and starts < clock.today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return starts


class EndRoleForm(forms.Form):
    """When a role ends."""

    on = DateField(label=_("The role ends on"), help_text=_("From this day the person no longer has it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What others see of me, and the language in which I am written to."""

    phone = forms.RegexField(
        PHONE,
        required=False,
        label=_("Phone"),
        error_messages={"invalid": _("Write a phone number with digits only, for instance 12 34 56 78.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    class Meta:
        model = User
        fields = ("name", "title", "phone", "language")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }
        help_texts = {"language": _("The language of our mails to you, and of the pages when you sign in.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"].widget.choices = LANGUAGES


class NoticesForm(forms.Form):
    """How often I get mail about each kind of notice."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: dict[str, list[str]] = {}
        for choice in choices:
            self.fields[choice.kind.key] = forms.ChoiceField(
                choices=Rhythm.choices, label=str(choice.kind.label), initial=choice.rhythm
            )
            self.groups.setdefault(str(choice.kind.group), []).append(choice.kind.key)

    @property
    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are about."""
        return [(group, [self[key] for key in keys]) for group, keys in self.groups.items()]
