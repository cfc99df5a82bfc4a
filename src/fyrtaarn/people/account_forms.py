"""allauth's forms in our words and without placeholders, which disappear when one begins to write."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password2": _("The new password once more"),
    "code": _("Code"),
    "passwordless": _("Sign in without a password"),
    "remember": _("Remember me on this device"),
}
HELP = {
    "passwordless": _("Then the key alone signs you in. It asks for your finger, your face or a PIN."),
}
GOOD_PASSWORD = _("At least 12 characters. A whole sentence is easy to remember and hard to guess.")


class OurWords(forms.BaseForm):
    """Mixed into each form below."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)
        if "credential" in self.fields and "name" in self.fields:
            self.fields["name"].label = _("Name")
        if "password1" in self.fields:
            self.fields["password1"].label = _("New password") if "password2" in self.fields else _("Password")
            self.fields["password1"].help_text = GOOD_PASSWORD


class LoginForm(OurWords, allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign in."""


class SignupForm(OurWords, allauth_forms.SignupForm):  # type: ignore[misc]
    """Make an account."""

    field_order = ("name", "email", "password1")


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Another e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password, for one who has signed in through a municipality until now."""


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by the link."""


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""
