"""Ways to sign in that allauth does not bring, or brings in a way that our read-only pages and strict policy refuse."""

import secrets
from typing import Any

import structlog
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import EmailVerificationStage
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.utils import respond_to_login_on_get
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic.edit import FormView
from requests import RequestException

from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.foundation.separation import set_reader

from .. import queries
from ..acting import me
from ..models import User
from ..proof import ASKED_ANEW, asks_anew

MOST_DEMO_MAIL = 50
log = structlog.get_logger(__name__)


@login_not_required
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration, to sign in as with one click. There is no such page in production."""
    if not settings.DEMO:
        raise Http404
    return render(request, "people/personas.html", {"personas": queries.personas()})


@login_not_required
@require_POST
def sign_in_as_persona(request: HttpRequest, pk: int) -> HttpResponse:
    """Become one of the demonstration's people; never a real one."""
    if not settings.DEMO:
        raise Http404
    persona = get_object_or_404(queries.personas(), pk=pk)
    logout(request)
    answer: HttpResponse = perform_login(request, persona, email_verification="none")
    return answer


@require_safe
def prove(request: HttpRequest) -> HttpResponse:
    """Sign in once more, for one who has neither password nor second step here; allauth's page asks all others."""
    after = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    person = me(request)
    context = {
        "providers": [account.get_provider(request) for account in SocialAccount.objects.filter(user=person)],
        "persona": person.pk if settings.DEMO and person.persona else None,
        "next": after if safe else "/",
    }
    return render(request, "people/prove.html", context)


@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """Why a second step is needed, and the ways to one."""
    return render(request, "people/second_step.html")


@login_not_required
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The mail that I would have got, were this not a demonstration; also to one who has just made an account."""
    if not settings.DEMO:
        raise Http404
    reader = request.user if isinstance(request.user, User) else _newcomer(request)
    if reader is None:
        return redirect_to_login(request.path)
    set_reader(reader.pk)
    mails = OutgoingMail.objects.filter(recipient=reader.email).order_by("-pk")[:MOST_DEMO_MAIL]
    trail = [(_("Home"), "/"), (_("Mail"), "")]
    return render(request, "people/demo_mail.html", {"address": reader.email, "mails": mails, "trail": trail})


def _newcomer(request: HttpRequest) -> User | None:
    """Who has given her password in this browser and must open the letter with the link before she is signed in."""
    stage = get_pending_stage(request)
    return stage.login.user if isinstance(stage, EmailVerificationStage) else None


@login_not_required
def sign_in_with(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to a municipality's own sign-in by OpenID Connect."""
    try:
        provider = get_social_adapter().get_provider(request, provider_id)
        answer: HttpResponse = respond_to_login_on_get(request, provider) or _ask(request, provider)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    except RequestException as fault:
        log.warning("identity provider does not answer", provider=provider_id, fault=str(fault))
        return redirect("socialaccount_login_error")
    return leave(request, provider_id, answer)


def _ask(request: HttpRequest, provider: Any) -> HttpResponse:
    """Ask who it is. The session keeps what the answer must hold: `nonce` is in the signed token of this request alone."""
    nonce, anew = secrets.token_urlsafe(), asks_anew(request)
    details = provider.get_redirect_from_request_kwargs(request)
    details["scope"] = provider.get_scope()
    details["auth_params"] = {"nonce": nonce} | ({"prompt": "login", "max_age": "0"} if anew else {})
    answer: HttpResponse = provider.redirect(request, nonce=nonce, **{ASKED_ANEW: anew}, **details)
    return answer


def leave(request: HttpRequest, provider_id: str, answer: HttpResponse) -> HttpResponse:
    """Go to another site by way of a page, as the policy forbids forms to lead there."""
    if answer.status_code != 302 or answer.headers["Location"].startswith("/"):
        return answer
    try:
        app: SocialApp = get_social_adapter().get_app(request, provider_id)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(request, "people/leaving.html", {"provider": app.name, "address": answer.headers["Location"]})


@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """My recovery codes that I have not used. allauth's page notes on reading that it was read; we need not know."""
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": _unused_codes(request)})


@never_cache
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The same as a text file."""
    codes = "".join(f"{code}\n" for code in _unused_codes(request))
    attachment = {"Content-Disposition": 'attachment; filename="fyrtaarn-koder.txt"'}
    return HttpResponse(codes, content_type="text/plain; charset=utf-8", headers=attachment)


def _unused_codes(request: HttpRequest) -> list[str]:
    raise_if_reauthentication_required(request, app="allauth.mfa")
    kept = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = kept.wrap().get_unused_codes()
    return codes


class SessionsView(ListUserSessionsView):  # type: ignore[misc]
    """Where I am signed in. allauth tidies the list up when it is read; we only leave out what has ended."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        sessions = UserSession.objects.filter(user=self.request.user).order_by("-created_at", "-pk")
        context["sessions"] = [session for session in sessions if session.exists()]
        return context


sessions = SessionsView.as_view()
