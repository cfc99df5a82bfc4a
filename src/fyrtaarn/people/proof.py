"""Fresh proof: before a dangerous act a person shows once more that it is she who sits at the screen.

Signing in is a proof, and so is giving the password, a code or a passkey again. It lasts for `settings.PROOF_LASTS`.

    @administered
    @fresh_proof_required
    def end_role(request): ...

stands nearest to the view, so that who may not do the act at all is refused before she is asked.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.signals import authentication_step_completed
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from fyrtaarn.foundation import clock

PROVED = "proved"  # in the session: when the person last showed who she is

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def fresh_proof_required(view: View) -> View:
    """Ask who it is where the last proof has grown old; what was sent is then carried out, and nothing is lost."""

    @wraps(view)
    def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        demand_fresh_proof(request)
        return view(request, *args, **kwargs)

    return cast(View, proved)


def demand_fresh_proof(request: HttpRequest) -> None:
    """Go on when the last proof is fresh; otherwise lead to the page that asks for one, and from there back."""
    if has_fresh_proof(request):
        return
    if get_reauthentication_flows(request.user):
        raise ReauthenticationRequired
    back = request.get_full_path() if request.method == "GET" else request.headers.get("referer", "/")
    raise ImmediateHttpResponse(HttpResponseRedirect(f"{reverse('people:prove')}?{urlencode({'next': back})}"))


def has_fresh_proof(request: HttpRequest) -> bool:
    """Whether the person has signed in, or shown again who she is, within the time that a proof lasts."""
    proved = request.session.get(PROVED)
    return proved is not None and clock.now() - datetime.fromisoformat(proved) < settings.PROOF_LASTS


def _note_sign_in(request: HttpRequest | None, **_about: Any) -> None:
    if request is not None:
        request.session[PROVED] = clock.now().isoformat()


def _note_proof(request: HttpRequest, reauthenticated: bool = False, **_about: Any) -> None:
    if reauthenticated:
        _note_sign_in(request)


user_logged_in.connect(_note_sign_in, dispatch_uid="people.proof.sign-in")
authentication_step_completed.connect(_note_proof, dispatch_uid="people.proof.again")
