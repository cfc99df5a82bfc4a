"""What we ask of a new person besides address and password. Apart, because allauth's own forms are built on it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The name that others see."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name; called by allauth when the account has been made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
