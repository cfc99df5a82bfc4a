"""Pages that belong to no room: my notices, and files."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from .files import may_read
from .lists import ListPage, Sort
from .models import Notice, StoredFile
from .notices import KINDS, mark_read, notices_of, words_of


@require_safe
def notices(request: HttpRequest) -> HttpResponseBase:
    """What I have been told: unread first, then the newest."""
    rows = notices_of(request.user).annotate(is_read=Case(When(read=None, then=Value(0)), default=Value(1)))
    order = Sort("nye", _("New first"), ("is_read", "-created", "-pk"))
    page: ListPage[Notice] = ListPage(request, rows, name=_("Notices"), columns=(), sorts=(order,))
    return render(
        request,
        "foundation/notices.html",
        {"list": page, "notices": [_shown(notice) for notice in page.rows], "trail": _trail(_("Notices"))},
    )


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what one of my notices is about; it is read from now on."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    mark_read(notices_of(request.user).filter(pk=pk))
    return redirect(notice.path)


@require_POST
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One of my notices is read."""
    get_object_or_404(notices_of(request.user), pk=pk)
    mark_read(notices_of(request.user).filter(pk=pk))
    return redirect("foundation:notices")


@require_POST
def read_all_notices(request: HttpRequest) -> HttpResponse:
    """All my notices are read."""
    mark_read(notices_of(request.user))
    return redirect("foundation:notices")


def _shown(notice: Notice) -> dict[str, Any]:
    words = words_of(notice)
    return {
        "pk": notice.pk,
        "title": words.title,
        "text": words.text,
        "group": KINDS[notice.kind].group,
        "created": notice.created,
        "unread": notice.read is None,
    }


def _trail(title: Any) -> list[tuple[Any, str]]:
    return [(_("Home"), "/"), (title, "")]


@login_not_required
@require_safe
def file(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """One file; to those who may not read it, it does not exist."""
    stored = get_object_or_404(StoredFile, key=key, name=name)
    if not may_read(request.user, stored):
        raise Http404
    return file_response(request, stored)


def file_response(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The file for somebody who may read it."""
    headers = {
        "ETag": f'"{stored.sha256}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        return unchanged
    return FileResponse(
        stored.content.open("rb"),
        as_attachment=not stored.is_picture,
        filename=stored.name,
        content_type=stored.media_type + ("; charset=utf-8" if stored.media_type.startswith("text/") else ""),
        headers=headers,
    )
