"""Writing an application step by step; it saves itself while one writes."""

from copy import copy
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fyrtaarn.foundation.conflicts import conflict_page, differences
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.versions import Conflict

from .. import actions, queries
from ..budget import Line, Totals, totals
from ..forms import FORMS, StepForm
from ..missing import missing_in
from ..models import Application, Source
from .common import PersonRequest, application_to_write, mine_trail

FORM_ID = "application-form"
CHECK = "tjek"
LABELS = {
    "hvad": gettext_lazy("What and for whom"),
    "effekt": gettext_lazy("Effect goals"),
    "budget": gettext_lazy("Budget"),
    "oekonomi": gettext_lazy("Economy and state aid"),
    CHECK: gettext_lazy("Check and send"),
}
NEXT = {"hvad": "effekt", "effekt": "budget", "budget": "oekonomi", "oekonomi": CHECK}


def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One step: show its form, or save it, while she types (by HTMX) or on the way to another step."""
    if step not in FORMS:
        raise Http404
    found = application_to_write(request, pk)
    form = form_of(request, step, found)
    if request.method != "POST":
        return _page(request, found, step, form)
    if not form.is_valid():
        if request.htmx:
            faults = [(form[name].label if name in form.fields else "", texts) for name, texts in form.errors.items()]
            return render(request, "applications/autosave_fault.html", {"faults": faults})
        return _page(request, found, step, form, 422)
    try:
        saved = _save(request, found, step, form)
    except Conflict as conflict:
        return _conflict(request, conflict.current, step, form)
    if request.htmx:
        return render(request, "applications/autosaved.html", {"application": saved, "sums": sums_of(saved)})
    return _onwards(request, saved, step)


def form_of(request: PersonRequest, step: str, found: Application) -> StepForm:
    """The step's form upon an object of its own, which it may write to."""
    sent = request.POST if request.method == "POST" else None
    return FORMS[step](sent, instance=copy(found), user=request.user)


def stored_form(request: PersonRequest, step: str, pk: int, like: StepForm) -> StepForm:
    """The form of what is stored, with as many rows as the other."""
    stored = queries.applications_to_write().get(pk=pk)
    return FORMS[step](instance=stored, user=request.user, counts=like.counts)


def _save(request: PersonRequest, found: Application, step: str, form: StepForm) -> Application:
    carried = form.cleaned_data
    try:
        return actions.write(
            request.user,
            found,
            form.values,
            carried["version"],
            rows=form.row_values(),
            page_key=carried["page_key"],
            typing=bool(request.htmx),
        )
    except Conflict as conflict:
        if differences(form, stored_form(request, step, found.pk, form)):
            raise
        return cast(Application, conflict.current)


def _conflict(request: PersonRequest, current: Application, step: str, form: StepForm) -> HttpResponse:
    if request.htmx:
        return render(request, "applications/autosave_conflict.html")
    mine = form_of(request, step, queries.applications_to_write().get(pk=current.pk))
    mine.is_valid()
    theirs = stored_form(request, step, current.pk, mine)
    back, trail = step_address(current, step), mine_trail((str(current), current.path))
    changed = str(current.updated_by or ""), date_format(current.updated, "DATETIME_FORMAT")
    return conflict_page(request, current=current, mine=mine, theirs=theirs, back=back, trail=trail, changed=changed)


def _onwards(request: PersonRequest, saved: Application, step: str) -> HttpResponse:
    """To the step that she chose, or the next one."""
    wanted = request.POST.get("go", "")
    return redirect(step_address(saved, wanted if wanted in LABELS else NEXT[step]))


def step_address(application: Application, step: str) -> str:
    if step == CHECK:
        return reverse("applications:check", args=[application.pk])
    return reverse("applications:step", args=[application.pk, step])


def progress(application: Application, current: str) -> list[dict[str, Any]]:
    """The steps for `<c-steps>`: a form's page saves on the way to another step."""
    lacking = {one.step for one in missing_in(application)}
    return [
        {
            "label": label,
            "state": "current" if name == current else "done" if name not in lacking and name != CHECK else "open",
            **({"url": step_address(application, name)} if current == CHECK else {"go": name, "form": FORM_ID}),
        }
        for name, label in LABELS.items()
    ]


def sums_of(application: Application) -> Totals:
    """What the stored budget comes to."""
    return totals(application.lines.all())


def sums_in(form: StepForm) -> Totals:
    """What the lines of a sent form come to, those with an amount that can be read."""
    read = [
        {one.name.split("-")[-1]: form.cleaned_data.get(one.name) for one in row.fields}
        for row in form.row_groups[0].rows
    ]
    return totals(
        Line(str(row["kind"]), "", row["oere"], row["source"])
        for row in read
        if isinstance(row["oere"], int) and row["source"] in Source.values
    )


def _page(request: PersonRequest, found: Application, step: str, form: StepForm, status: int = 200) -> HttpResponse:
    rules_of_pool, stage = found.rules, found.stage
    most = min(rules_of_pool.most, stage.most) if stage is not None else rules_of_pool.most
    context = {
        "application": found,
        "step": step,
        "label": LABELS[step],
        "form": form,
        "form_id": FORM_ID,
        "steps": progress(found, step),
        "sums": sums_in(form) if step == "budget" and form.is_bound else sums_of(found),
        "limits": (kroner(rules_of_pool.least), kroner(most)),
        "trail": mine_trail((str(found), found.path), (str(LABELS[step]), "")),
    }
    return render(request, f"applications/step_{step}.html", context, status=status)


@require_safe
def check(request: PersonRequest, pk: int) -> HttpResponse:
    """The last step: what is missing, and the whole as others will read it."""
    return check_page(request, application_to_write(request, pk))


def check_page(request: PersonRequest, found: Application, status: int = 200) -> HttpResponse:
    context = {
        "application": found,
        "whole": queries.whole(found, request.user),
        "files": list(files_of(found)),
        "missing": [
            (one.sentence, f"{step_address(found, one.step)}{f'#{one.control}' if one.control else ''}")
            for one in missing_in(found)
        ],
        "is_open": found.state == "returned" or found.call.is_open,
        "steps": progress(found, CHECK),
        "trail": mine_trail((str(found), found.path), (str(LABELS[CHECK]), "")),
    }
    return render(request, "applications/check.html", context, status=status)
