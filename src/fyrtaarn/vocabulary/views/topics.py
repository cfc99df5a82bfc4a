"""Themes and target groups, which all municipalities share."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.acting import me
from fyrtaarn.topics.models import TargetGroup, Theme

from ..actions import topics as actions
from ..forms import TargetGroupForm, ThemeForm
from ..rules import may_edit
from .common import for_those_who_may_see, page, trail_to, try_to

SECTION = "vocabulary:topics"
PARTS: dict[str, tuple[Any, Any, Any, Any]] = {
    "temaer": (Theme, ThemeForm, gettext_lazy("Themes"), gettext_lazy("New theme")),
    "maalgrupper": (TargetGroup, TargetGroupForm, gettext_lazy("Target groups"), gettext_lazy("New target group")),
}


def _part(name: str) -> tuple[Any, Any, Any, Any]:
    if name not in PARTS:
        raise Http404
    return PARTS[name]


@require_safe
@for_those_who_may_see
def topics(request: HttpRequest) -> HttpResponse:
    """All themes and target groups."""
    parts = [
        {
            "title": title,
            "new_title": new_title,
            "new_url": reverse("vocabulary:topic-new", args=[name]),
            "rows": [
                {
                    "topic": topic,
                    "url": reverse("vocabulary:topic", args=[name, topic.pk]),
                    "remove_url": reverse("vocabulary:topic-remove", args=[name, topic.pk]),
                }
                for topic in model.objects.order_by("sort_key", "pk")
            ],
        }
        for name, (model, _form, title, new_title) in PARTS.items()
    ]
    return page(request, "vocabulary/topics.html", SECTION, _("Themes and target groups"), {"parts": parts})


@for_those_who_may_see
def new_topic(request: HttpRequest, part: str) -> HttpResponse:
    """Add a theme or target group."""
    require(may_edit(me(request)))
    model, form_class, _title, new_title = _part(part)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_topic(model, form.values, by=me(request))
        messages.success(request, _("“%(name)s” can now be chosen.") % {"name": added.label})
        return redirect(SECTION)
    return _form_page(request, form, str(new_title))


@for_those_who_may_see
def topic(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """Change a theme's or target group's names."""
    require(may_edit(me(request)))
    model, form_class, _title, _new_title = _part(part)
    found = get_object_or_404(model, pk=pk)
    form = form_class(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_topic(model.objects.get(pk=pk), form.values, version=version, by=me(request))
        except Conflict as conflict:
            form.overtaken(conflict.current.version)
        else:
            messages.success(request, _("Your changes have been saved."))
            return redirect(SECTION)
    return _form_page(request, form, found.label)


def _form_page(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    context = {
        "form": form,
        "lead": _("The words are shown in all municipalities, so choose some that everybody understands."),
        "submit": _("Save"),
        "back": reverse(SECTION),
        "trail": trail_to((_("Themes and target groups"), reverse(SECTION)), (title, "")),
    }
    return page(request, "vocabulary/act.html", SECTION, title, context, status=422 if form.errors else 200)


@require_POST
@for_those_who_may_see
def remove_topic(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """Remove a theme or target group that nothing uses."""
    found = get_object_or_404(_part(part)[0], pk=pk)
    done = _("“%(name)s” is removed.") % {"name": found.label}
    return try_to(request, lambda: actions.remove_topic(found, by=me(request)), done, reverse(SECTION))
