"""Sign-in through a municipality's own SAML provider, by OIOSAML 3."""

from datetime import datetime
from typing import Any

import structlog
import xmlsec
from allauth.core.internal.httpkit import deserialize_request
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base.utils import respond_to_login_on_get
from allauth.socialaccount.providers.saml.utils import build_auth, build_saml_config, get_app_or_404
from allauth.socialaccount.providers.saml.views import acs
from allauth.socialaccount.sessions import LoginSession
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from lxml import etree
from lxml.etree import XMLSyntaxError
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from fyrtaarn.foundation import clock

from ..proof import ASKED_ANEW, PROVED_THERE, asks_anew
from .sign_in import leave

RETURNED = "saml_acs_session", "saml-acs-session"  # where allauth keeps what the provider has sent, until we look at it
# all that the library raises on what is no message, or none for our key
UNREADABLE = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, XMLSyntaxError, xmlsec.Error, ValueError)
ASSERTIONS = "{urn:oasis:names:tc:SAML:2.0:assertion}"
log = structlog.get_logger(__name__)


class Untrusted(Exception):
    """What the provider, or somebody in its name, has sent must not sign anybody in; the message is for the log."""


@login_not_required
def sign_in(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Go to the municipality's own sign-in."""
    provider = get_app_or_404(request, organization_slug).get_provider(request)
    answer = respond_to_login_on_get(request, provider) or _ask(request, provider)
    return leave(request, organization_slug, answer)


def _ask(request: HttpRequest, provider: Any) -> HttpResponse:
    anew = asks_anew(request)
    asked = build_auth(request, provider)
    address = asked.login(return_to="", force_authn=anew)
    details = provider.get_redirect_from_request_kwargs(request)
    provider.stash_redirect_state(request, state_id=asked.get_last_request_id(), **{ASKED_ANEW: anew}, **details)
    return redirect(address)


@csrf_exempt  # it comes from the provider's page
@login_not_required
@require_POST
def take_answer(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Keep what a provider that we know has sent, to be looked at in the browser's next request."""
    get_app_or_404(request, organization_slug)
    answer: HttpResponse = acs(request, organization_slug=organization_slug)
    return answer


@login_not_required
@require_safe
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Sign in whom the provider has vouched for, once, in the browser that asked for it."""
    provider = get_app_or_404(request, organization_slug).get_provider(request)
    try:
        said = _checked(request, provider)
        signed_in = provider.sociallogin_from_response(request, said)
        signed_in.state = provider.unstash_redirect_state(request, said.get_last_response_in_response_to())
        signed_in.state[PROVED_THERE] = _proved_there(said)
    except PermissionDenied:
        log.warning("saml answer refused", provider=organization_slug, why="nobody asked for it in this browser")
    except Untrusted as fault:
        log.warning("saml answer refused", provider=organization_slug, why=str(fault))
    else:
        answer: HttpResponse = complete_social_login(request, signed_in)
        return answer
    return redirect("socialaccount_login_error")


@login_not_required
@require_safe
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the provider must know of us: our addresses and certificate, signed."""
    app = get_app_or_404(request, organization_slug)
    ours = build_saml_config(request, app.settings, organization_slug)
    del ours["sp"]["singleLogoutService"]
    described = OneLogin_Saml2_Settings(settings=ours, sp_validation_only=True).get_sp_metadata()
    return HttpResponse(described, content_type="application/samlmetadata+xml")


@login_not_required
def no_single_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Signing out ends the session here alone."""
    raise Http404


def _checked(request: HttpRequest, provider: Any) -> Any:
    """What the provider has said, proven to be whole, from it, for us, for now, and not used before. Raises Untrusted."""
    kept = LoginSession(request, *RETURNED)
    returned = kept.store.get("request")
    kept.delete()
    if not returned:
        raise Untrusted("nothing was sent")
    said = build_auth(deserialize_request(returned, HttpRequest()), provider)
    try:
        said.process_response()
    except UNREADABLE as fault:
        raise Untrusted(str(fault)) from fault
    if said.get_errors() or not said.is_authenticated():
        raise Untrusted(said.get_last_error_reason() or "nobody is signed in there")
    rest = said.get_last_assertion_not_on_or_after() - clock.now().timestamp()
    if not cache.add(f"saml {provider.app.client_id} {said.get_last_assertion_id()}", True, rest + 60):
        raise Untrusted("it was used before")
    return said


def _proved_there(said: Any) -> float | None:
    """When the person last showed the provider who she is (AuthnInstant, SAML Core 2.7.2), in seconds since 1970."""
    statement = etree.fromstring(said.get_last_response_xml().encode()).find(f".//{ASSERTIONS}AuthnStatement")
    return None if statement is None else datetime.fromisoformat(statement.get("AuthnInstant", "")).timestamp()
