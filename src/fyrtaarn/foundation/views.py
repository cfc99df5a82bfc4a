"""Files that people may read."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from .files import may_read
from .models import StoredFile


@login_not_required
@require_safe
def file(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """One file; to those who may not read it, it does not exist."""
    stored = get_object_or_404(StoredFile, key=key, name=name)
    if not may_read(request.user, stored):
        raise Http404
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
