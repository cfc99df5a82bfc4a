"""allauth's forms for the second step in our words. Apart, because allauth asks for them by other settings."""

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms

from .account_forms import OurWords


class AuthenticateForm(OurWords, base_forms.AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or a recovery code."""


class ReauthenticateForm(OurWords, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class ActivateTOTPForm(OurWords, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code from the app."""


class AddWebAuthnForm(OurWords, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key."""


class EditWebAuthnForm(OurWords, webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""
