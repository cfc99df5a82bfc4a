"""How sign-in fits our people: no user names, mail in the person's language, sent by the worker."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import translation

from fyrtaarn.foundation.mail import write_mail

from .models import User
from .proof import demand_fresh_proof

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail in its reader's language; each is an answer to a request of its own, so each is sent."""
        reader = context.get("user") or User.objects.filter(email=email.lower()).first()
        with translation.override(reader.language if reader else translation.get_language()), transaction.atomic():
            mail: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
            write_mail(key=f"account-{uuid4()}", recipient=email, subject=str(mail.subject), text=str(mail.body))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People who come from a municipality's own sign-in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse what is said about another person than the signed token is about (OpenID Connect Core 5.3.2)."""
        said = sociallogin.account.extra_data
        subjects = {said[part]["sub"] for part in ("id_token", "userinfo") if part in said}
        if len(subjects) > 1:
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
