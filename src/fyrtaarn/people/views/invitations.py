"""The page that an invitation leads to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.separation import show_letter

from .. import actions
from ..adapters import PROVED_ADDRESS
from ..models import Invitation, User
from ..rules import is_open, may_accept


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and the one next step; POST accepts."""
    found = _find(token)
    if found is None:
        return render(request, "people/invitation_unknown.html", status=404)
    me = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and me is not None:
        try:
            actions.accept(found, by=me)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(request, _("Welcome. You now have the role."))
            return redirect(f"/{found.municipality.slug}/" if found.municipality.open else "site:overview")
    context = {
        "invitation": found,
        "verdict": may_accept(me, found) if me else is_open(found),
        "open": bool(is_open(found)),
        "mine": me is not None and bool(may_accept(me, found)),
        "has_account": User.objects.filter(email=found.email).exists(),
    }
    return render(request, "people/invitation.html", context)


@login_not_required
@require_POST
def sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account for the invited address. The letter has proved the address, so it is not confirmed again."""
    here = reverse("people:invitation", args=[token])
    found = _find(token)
    if found is None or not is_open(found) or request.user.is_authenticated:
        return redirect(here)
    request.session[PROVED_ADDRESS] = found.email
    return redirect(f"{reverse('account_signup')}?{urlencode({'email': found.email, 'next': here})}")


def _find(token: str) -> Invitation | None:
    show_letter(token)
    return Invitation.objects.select_related("municipality", "department", "invited_by").filter(token=token).first()
