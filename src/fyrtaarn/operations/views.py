"""How the installation stands, for its operators and for monitoring."""

from datetime import UTC, timedelta
from secrets import compare_digest

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from fyrtaarn.backups.models import Backup, Rehearsal
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.mail import server_rests
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.watching import clock_standing
from fyrtaarn.people.acting import me

from . import actions, queries
from .metrics import exposition
from .rules import may_operate

SECURITY_TEXT_HOLDS = timedelta(days=180)
"""RFC 9116 advises less than a year."""
MOST = 50
"""Lines of one kind that the page shows; more would say no more."""


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """How the installation stands, and what to do."""
    require(may_operate(request.user))
    now = queries.standing()
    return render(
        request,
        "operations/standing.html",
        {
            "now": now,
            "oldest_minutes": round((now.oldest_due_job or 0) / 60),
            "failed": queries.failed_jobs()[:MOST],
            "undelivered": queries.undelivered_mail(MOST),
            "backup": Backup.objects.first(),
            "rehearsal": Rehearsal.objects.first(),
            "backup_is_old": queries.backup_is_old(),
            "nightly": bool(settings.ENVIRONMENT.backup_dir),
            "clock": clock_standing(),
            "mail_server_rests": server_rests(),
            "versions": queries.versions(),
            "missing_migrations": queries.missing_migrations(),
            "trail": [(_("Home"), "/"), (_("How the installation stands"), "")],
        },
    )


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker do a failed job once more."""
    actions.try_again(pk, by=me(request))
    messages.success(request, _("The work waits for the worker again."))
    return redirect("operations:standing")


@login_not_required
@require_safe
def security_text(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); it holds for half a year from each day on which it is read."""
    contact = settings.ENVIRONMENT.security_contact
    if not contact:
        raise Http404
    expires = (clock.now() + SECURITY_TEXT_HOLDS).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": contact,
        "Expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "da, en",
        "Canonical": f"{settings.PUBLIC_URL}/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for whoever knows FYRTAARN_METRICS_TOKEN; where none is set, the address does not exist."""
    token = settings.ENVIRONMENT.metrics_token
    if not token:
        raise Http404
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
