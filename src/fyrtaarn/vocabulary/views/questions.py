"""What was asked in vain; and where browsers tell what came of a search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.administration import trail_to as administration_trail
from fyrtaarn.foundation import exports
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.acting import me

from .. import asked
from ..rules import is_editor, may_see_questions
from .common import for_those_who_may_see, municipalities_of, page

SECTION = "vocabulary:questions"
LABELS = {
    "intet": gettext_lazy("Found nothing"),
    "ingen": gettext_lazy("Nobody opened anything"),
    "langt-nede": gettext_lazy("Opened far down"),
}


@csrf_exempt  # the page's signature stands in for the token, so that no cookie is needed
@login_not_required
@require_POST
def beacon(request: HttpRequest) -> HttpResponse:
    """A page of results tells what came of it."""
    asked.note(request.POST.get("asked", "")[:2000], request.POST.get("opened", "")[:4])
    return HttpResponse(status=204)


@require_safe
@for_those_who_may_see
def questions(request: HttpRequest) -> HttpResponseBase:
    """For editors all questions; for administrators those of the national pages, and the way to their own."""
    all_of_them = is_editor(me(request))
    context = {"own": municipalities_of(me(request)), "everything": all_of_them}
    return _questions(request, None if all_of_them else [], True, _("Searches that led nowhere"), context)


@in_municipality
@require_safe
def municipal_questions(request: MunicipalRequest) -> HttpResponseBase:
    """The questions of one municipality's pages."""
    require(may_see_questions(request.user, request.municipality))
    title = _("Searches that led nowhere")
    trail = administration_trail(request.municipality, (title, ""))
    return _questions(
        request, [request.municipality.pk], False, title, {"trail": trail, "own": [], "everything": False}
    )


def _questions(
    request: HttpRequest, municipalities: list[int] | None, national: bool, title: str, context: dict[str, Any]
) -> HttpResponseBase:
    need = request.GET.get("hvad", "")
    need = need if need in LABELS else "intet"
    rows = asked.questions(need, municipalities, national)
    kind = request.GET.get("format")
    if kind in exports.FORMATS:
        headings = [_("Question"), str(LABELS[need]), _("Asked"), _("Days"), _("Latest")]
        values = ([row[name] for name in ("text", "wrong", "times", "days", "latest")] for row in rows)
        return exports.table_response(kind, title, headings, values)
    context |= {
        "rows": rows,
        "needs": [
            {"label": label, "url": f"{request.path}?hvad={name}", "current": name == need, "count": None}
            for name, label in LABELS.items()
        ],
        "heading": LABELS[need],
        "export_urls": {form: f"{request.path}?hvad={need}&format={form}" for form in exports.FORMATS},
        "least_days": asked.LEAST_DAYS,
        "add_url": reverse("vocabulary:add-word"),
    }
    return page(request, "vocabulary/questions.html", SECTION, title, context)
