"""The words out of the product and in again."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock, exports
from fyrtaarn.foundation.reading import Unreadable
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.acting import me

from .. import actions, queries
from ..content import Change, as_json, changes_between, from_json
from ..forms import UploadForm, said
from ..models import VocabularyVersion
from ..rules import may_edit
from ..tables import HEADINGS, as_document, read_file, rows_of
from .common import for_those_who_may_see, page

SALT = "vocabulary.import"
TOO_OLD = 60 * 60 * 12
SECTION = "vocabulary:import"


@require_safe
@for_those_who_may_see
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole draft, or a version, as CSV, workbook or JSON."""
    number = request.GET.get("version", "")
    content = queries.draft_content()
    name = _("shared words, draft")
    if number.isascii() and number.isdigit() and len(number) < 9:
        version = VocabularyVersion.objects.filter(number=int(number)).first()
        if version:
            content, name = version.entries, _("shared words, version %(number)s") % {"number": number}
    kind = request.GET.get("format", "")
    if kind in exports.FORMATS:
        return exports.table_response(kind, name, [str(label) for label in HEADINGS.values()], rows_of(content))
    response = JsonResponse(as_document(content), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="ord-{clock.today():%Y-%m-%d}.json"'
    return response


@for_those_who_may_see
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a file, and see what it would change in the draft, and what is wrong with it row by row."""
    form = UploadForm()
    context: dict[str, Any] = {}
    if request.method == "POST":
        require(may_edit(me(request)))
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            seen = queries.draft_version()
            known = queries.draft_content()
            try:
                reading = read_file(form.cleaned_data["file"], known)
            except Unreadable as fault:
                form.add_error("file", said(fault))
            else:
                changes = [c for c in changes_between(known, {**known, **reading.content}) if c.new]
                context = {"reading": reading, "changes": changes[:300], "count": len(changes)}
                if changes:
                    context["payload"] = _signed(seen, changes)
    context |= {"form": form}
    return page(
        request, "vocabulary/import.html", SECTION, _("Import and export"), context, status=422 if form.errors else 200
    )


def _signed(draft_version: int, changes: list[Change]) -> str:
    content = {change.entry.term: change.entry for change in changes}
    return signing.dumps({"draft": draft_version, "content": as_json(content)}, salt=SALT, compress=True)


@require_POST
@for_those_who_may_see
def take_in(request: HttpRequest) -> HttpResponse:
    """Write into the draft what the preview has shown."""
    require(may_edit(me(request)))
    try:
        payload = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=TOO_OLD)
        count = actions.take_in(
            from_json(payload["content"]), payload["draft"], by=me(request), why=_("Imported from a file")
        )
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect("vocabulary:import")
    except Conflict:
        messages.error(request, _("The draft has been changed since you saw the preview. Upload the file again."))
        return redirect("vocabulary:import")
    messages.success(request, _("Concepts changed in the draft: %(count)s.") % {"count": count})
    return redirect("vocabulary:draft")
