"""How sign-in fits our people: no user names, mail in the person's language, sent by the worker."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import clear, consume, get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import translation

from fyrtaarn.foundation import secrets
from fyrtaarn.foundation.mail import write_mail

from .models import User
from .oiosaml import cvr_in
from .proof import demand_fresh_proof
from .providers import providers

# Many who sign in at once behind one network address count one after another; who waits her turn is not refused.
ratelimit.CACHE_LOCK_WAIT_TIMEOUT = ratelimit.CACHE_LOCK_TIMEOUT
WIDE_LIMITS = ("login_failed_here", "login_failed_anywhere")
PROVED_ADDRESS = "proved_address"  # in the session: whoever has it has opened a letter that was sent to the address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our own account rules."""

    def new_user(self, request: HttpRequest) -> User:
        """A new person reads the language in which she signs up."""
        return User(language=translation.get_language()[:2])

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether the address needs no confirmation, because the person came by a letter that was sent to it."""
        return bool(request.session.get(PROVED_ADDRESS) == email.lower())

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Before somebody changes how she signs in, demand the same fresh proof as before any dangerous act."""
        demand_fresh_proof(allauth_context.request)
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for an account and a network address together, so that no stranger locks it."""
        return f"{_login(credentials)} {get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; the wide limits, which strangers can use up, do not hold for who has a session at this place."""
        super().pre_authenticate(request, **credentials)
        known = UserSession.objects.filter(
            user__emailaddress__email=_login(credentials), ip=self.get_client_ip(request)
        ).exists()
        self._wide_usage = [
            consume(request, app="allauth.account", action=action, key=_login(credentials))
            for action in (() if known else WIDE_LIMITS)
        ]
        if not all(self._wide_usage):
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The right password leaves nothing counted."""
        super()._rollback_login_failed_rl_usage()
        for usage in filter(None, self._wide_usage):
            usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has set a new password by the link in her mail begins anew, whatever strangers have tried."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        clear(request, app="allauth.account", action="login_failed_anywhere", key=_login(credentials))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail in its reader's language; each is an answer to a request of its own, so each is sent."""
        reader = context.get("user") or User.objects.filter(email=email.lower()).first()
        with translation.override(reader.language if reader else translation.get_language()), transaction.atomic():
            mail: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
            write_mail(key=f"account-{uuid4()}", recipient=email, subject=str(mail.subject), text=str(mail.body))


def _login(credentials: Mapping[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second step are encrypted in the database, so that a stolen copy of it makes no codes."""

    def encrypt(self, text: str) -> str:
        """Encrypt with a key that follows from the secret key."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return secrets.decrypt(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People who come from a municipality's own sign-in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse who acts for another organisation than the one that the provider is for, what is said about another
        person than the signed token is about (OpenID Connect Core 5.3.2), and a token of another request (3.1.3.7, 11).
        """
        said = sociallogin.account.extra_data
        subjects = {said[part]["sub"] for part in ("id_token", "userinfo") if part in said}
        provider = providers().get(sociallogin.account.provider)
        stranger = provider and provider.cvr and cvr_in(said) != provider.cvr
        stray = said.get("id_token", {}).get("nonce") != sociallogin.state.get("nonce")
        if len(subjects) > 1 or stranger or stray:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Into an account made before leads only the word of a provider that is trusted with this very address."""
        return bool(self.is_email_verified(login.provider, email))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take the name over; allauth looks for a first and a last name, and we have one."""
        user: User = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name") or "", data.get("last_name") or "")
        user.name = (data.get("name") or " ".join(names)).strip()[:150]
        return user
