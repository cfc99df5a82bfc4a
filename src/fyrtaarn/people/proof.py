"""Fresh proof: before a dangerous act a person shows once more that it is she who sits at the screen.

Signing in is a proof, and so is giving the password, a code or a passkey again. It lasts for `settings.PROOF_LASTS`.
A municipality's own sign-in may lead somebody in without a question, because she showed it in the morning who she is:
then that is how old the proof is.

    @administered
    @fresh_proof_required
    def end_role(request): ...

stands nearest to the view, so that who may not do the act at all is refused before she is asked.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.signals import authentication_step_completed
from allauth.account.signals import user_logged_in as signed_in_by_allauth
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from fyrtaarn.foundation import clock

PROVED = "proved"  # in the session: when the person last showed who she is
ASKED_ANEW = "asked_anew"  # in what we keep while she is with a provider: whether it was to ask her who she is
PROVED_THERE = "proved_there"  # and when she last showed it, where its answer said so elsewhere than in a token
LONG_AGO = datetime.fromtimestamp(0, UTC)

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


def asks_anew(request: HttpRequest) -> bool:
    """Whether somebody on her way to a provider wants it to ask her once more who she is."""
    return "proof" in request.GET


def _note_sign_in(request: HttpRequest | None, **_about: Any) -> None:
    if request is not None:
        request.session[PROVED] = clock.now().isoformat()


def note_sign_in_elsewhere(request: HttpRequest, sociallogin: Any = None, **_about: Any) -> None:
    """A sign-in through a provider proves as much as it says there."""
    if sociallogin is not None:
        request.session[PROVED] = min(clock.now(), _proved_there(sociallogin)).isoformat()


def _proved_there(sociallogin: Any) -> datetime:
    """When she showed the provider who she is. One that does not say is believed when it was to ask her (`max_age`)."""
    token = sociallogin.account.extra_data.get("id_token", {})
    said = sociallogin.state.get(PROVED_THERE) or token.get("auth_time")
    if said is not None:
        return datetime.fromtimestamp(float(said), UTC)
    return clock.now() if sociallogin.state.get(ASKED_ANEW) else LONG_AGO


def _note_proof(request: HttpRequest, reauthenticated: bool = False, **_about: Any) -> None:
    if reauthenticated:
        _note_sign_in(request)


user_logged_in.connect(_note_sign_in, dispatch_uid="people.proof.sign-in")
signed_in_by_allauth.connect(note_sign_in_elsewhere, dispatch_uid="people.proof.elsewhere")
authentication_step_completed.connect(_note_proof, dispatch_uid="people.proof.again")
