"""Who must have a second step when she signs in: those whom the setting names, and until she has, nothing else is open.

A municipality's own sign-in asks for what that municipality wants, so whoever comes that way is not asked again.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from .models import User
from .reading import read_with_person
from .rules import ADMINISTRATOR, EMPLOYEE_KINDS, holds_role

ACCOUNT_PAGES = "/konto/"
OPEN_PAGES = {"site:language", "site:accent", "people:demo-mail"}
REQUIRED_OF: dict[str, Callable[[User], bool]] = {
    "none": lambda user: False,
    "administrators": lambda user: holds_role(user, ADMINISTRATOR),
    "employees": lambda user: holds_role(user, *EMPLOYEE_KINDS),
    "all": lambda user: True,
}

read_with_person(
    "read_second_step",
    lambda: Exists(
        Authenticator.objects.filter(
            user=OuterRef("pk"), type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        )
    ),
)


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether the signed-in person must set up a second step before she goes on."""
    user = request.user
    if not isinstance(user, User) or not REQUIRED_OF[settings.SECOND_STEP](user):
        return False
    if getattr(user, "read_second_step", False) or (settings.DEMO and user.persona):
        return False
    return not any(record["method"] == "socialaccount" for record in get_authentication_records(request, user))


class SecondStepRequired(MiddlewareMixin):
    """Leads whoever lacks a second step to the page about it, from every page but those on which she sets it up."""

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.path.startswith(ACCOUNT_PAGES) or name in OPEN_PAGES or not lacks_second_step(request):
            return None
        return redirect("people:second-step")
