"""Pages of an import: file, columns, rows, receipt."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.exports import table_response
from fyrtaarn.foundation.importing import IMPORTERS, Importer
from fyrtaarn.foundation.lists import Column, ListPage, Sort
from fyrtaarn.foundation.reading import Unreadable
from fyrtaarn.foundation.rules import refused, require
from fyrtaarn.people.models import User

from . import actions, rules
from .actions import CannotUndo, WrongColumns
from .columns import Confidence, Guess, guess_columns
from .forms import ColumnsForm, RowsForm, UploadForm
from .models import ImportRow, ImportRun, ImportState
from .queries import counts_of, repeats_of, rows_shown

ROWS_A_PAGE = 20
SAMPLE_ROWS = 20
VIEWS = {"fejl": _("To be mended"), "advarsler": _("Worth a look"), "udeladt": _("Left out"), "alle": _("All")}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


def start(request: PersonRequest) -> HttpResponseBase:
    """My imports, and a form for a new file."""
    municipalities = rules.municipalities_of(request.user)
    if not municipalities:
        require(refused(_("Only the municipality's administrators and department editors can import.")))
    form = UploadForm(request.POST or None, request.FILES or None, municipalities=municipalities)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data["file"]
        try:
            run = actions.upload(request.user, data["municipality"], data["kind"], file, name=file.name, size=file.size)
        except Unreadable as fault:
            form.add_error("file", gettext(fault.message) % fault.params)
        else:
            return redirect("imports:columns", run.pk)
    runs: ListPage[ImportRun] = ListPage(
        request,
        rules.visible_runs(request.user),
        name=_("Imports"),
        columns=(
            Column(_("File"), "file_name", link=lambda run: reverse("imports:run", args=(run.pk,))),
            Column(_("What"), lambda run: str(IMPORTERS[run.kind].label)),
            Column(_("Municipality"), lambda run: run.municipality.label),
            Column(_("State"), lambda run: str(run.get_state_display())),
            Column(_("Uploaded"), "created"),
            Column(_("By"), lambda run: str(run.by)),
        ),
        sorts=(Sort("nye", _("Newest first"), ("-created", "-pk")),),
    )
    context = {"form": form, "kinds": list(IMPORTERS.values()), "trail": _trail(_("Import"))}
    return runs.respond("imports/start.html", context)


@require_safe
def template(request: PersonRequest, kind: str) -> HttpResponseBase:
    """An empty workbook with the headings that need no choosing."""
    if kind not in IMPORTERS:
        return redirect("imports:start")
    importer = IMPORTERS[kind]
    return table_response("xlsx", str(importer.label), [str(field.label) for field in importer.fields], [])


def columns(request: PersonRequest, pk: int) -> HttpResponse:
    """Which column holds what."""
    run = _run(request, pk)
    if not rules.may_change(run):
        return redirect("imports:run", pk)
    importer = IMPORTERS[run.kind]
    guesses = _chosen_before(run) if run.mapping else guess_columns(importer, run.municipality, run.columns)
    form = ColumnsForm(
        request.POST or None, importer=importer, run=run, guesses=guesses, rows=list(run.rows.all()[:SAMPLE_ROWS])
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_columns(request.user, run, form.chosen, publish=form.publish)
        except WrongColumns as wrong:
            for fault in wrong.faults:
                form.add_error(None, gettext(fault.message) % fault.params)
        else:
            return redirect("imports:run", pk)
    return render(request, "imports/columns.html", {"form": form, **_frame(run, importer, "columns")})


def _chosen_before(run: ImportRun) -> list[Guess]:
    names = {column: field for field, column in run.mapping.items()}
    return [Guess(names.get(column, ""), Confidence.REMEMBERED) for column in range(len(run.columns))]


@require_safe
def run(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Where the import stands: its rows, its progress or its receipt."""
    found = _run(request, pk)
    importer = IMPORTERS[found.kind]
    if found.state == ImportState.UPLOADED:
        return redirect("imports:columns", pk)
    if found.state == ImportState.CHECKED:
        return _rows_page(request, found, importer)
    if found.state == ImportState.RUNNING:
        return render(request, "imports/running.html", _frame(found, importer, "receipt"))
    return _receipt(request, found, importer)


def _rows_page(request: PersonRequest, found: ImportRun, importer: Importer) -> HttpResponse:
    counts = counts_of(found)
    numbers = {"fejl": counts.faulty, "advarsler": counts.warned, "udeladt": counts.left_out, "alle": counts.total}
    first = next((name for name in VIEWS if numbers[name]), "alle")
    view = request.GET.get("vis") if request.GET.get("vis") in VIEWS else first
    page: ListPage[ImportRow] = ListPage(
        request,
        rows_shown(found, str(view)),
        name=importer.label,
        columns=(),
        sorts=(Sort("raekke", _("As in the file"), ("number",)),),
        page_size=ROWS_A_PAGE,
        kept=("vis",),
    )
    address = reverse("imports:run", args=(found.pk,))
    tabs = [
        {
            "label": label,
            "url": f"{address}?{urlencode({'vis': name})}",
            "current": name == view,
            "count": numbers[name],
        }
        for name, label in VIEWS.items()
    ]
    form = RowsForm(importer, found, page.rows, repeats_of(found, page.rows))
    context = {"counts": counts, "tabs": tabs, "form": form, "list": page, "view": view}
    return render(request, "imports/rows.html", {**context, **_frame(found, importer, "rows")})


def _receipt(request: PersonRequest, found: ImportRun, importer: Importer, **more: Any) -> HttpResponseBase:
    made = found.rows.exclude(subject_id=None)
    if found.state == ImportState.UNDONE:
        made = made.filter(subject_id__in=importer.model._default_manager.values("pk"))
    page: ListPage[ImportRow] = ListPage(
        request,
        made,
        name=importer.label,
        columns=(
            Column(_("Row"), "number"),
            Column(_("Imported as"), lambda row: str(subjects[row.subject_id]), link=lambda row: paths[row.subject_id]),
        ),
        sorts=(Sort("raekke", _("As in the file"), ("number",)),),
        page_size=ROWS_A_PAGE,
    )
    here = importer.model._default_manager.filter(pk__in=[row.subject_id for row in page.rows]).order_by("pk")
    gone = gettext("(no longer here)")
    subjects: dict[Any, Any] = {row.subject_id: gone for row in page.rows} | {one.pk: one for one in here}
    paths: dict[Any, str] = {row.subject_id: "" for row in page.rows} | {one.pk: importer.path(one) for one in here}
    context = {"list": page, "count": page.total, "kept": [], **more, **_frame(found, importer, "receipt")}
    return render(request, "imports/receipt.html", context)


@require_POST
def mend(request: PersonRequest, pk: int) -> HttpResponse:
    """Take what was written in the preview, and look again."""
    cells, everywhere = {}, set()
    for name, value in request.POST.items():
        if match := re.fullmatch(r"(cell|all)-(\d{1,7})-(\d{1,3})", name):
            place = (int(match[2]), int(match[3]))
            if match[1] == "cell":
                cells[place] = str(value)
            else:
                everywhere.add(place)
    shown = [int(number) for number in re.findall(r"\b\d{1,7}\b", request.POST.get("rows", ""))]
    left_out = {number: f"out-{number}" in request.POST for number in shown}
    actions.mend(request.user, _run(request, pk), cells, left_out, everywhere)
    view = request.POST.get("vis")
    return redirect(reverse("imports:run", args=(pk,)) + (f"?{urlencode({'vis': view})}" if view in VIEWS else ""))


@require_POST
def leave_out_faulty(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave out all rows with faults."""
    actions.leave_out_faulty(request.user, _run(request, pk))
    return redirect("imports:run", pk)


@require_POST
def begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the rows imported."""
    actions.start(request.user, _run(request, pk))
    return redirect("imports:run", pk)


@require_POST
def undo(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take the import back; where some rows are in use, say which and ask."""
    found = _run(request, pk)
    try:
        actions.undo(request.user, found, keep_used=request.POST.get("keep") == "1")
    except CannotUndo as refusal:
        return _receipt(request, found, IMPORTERS[found.kind], kept=refusal.kept)
    return redirect("imports:run", pk)


@require_POST
def discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    actions.discard(request.user, _run(request, pk))
    return redirect("imports:start")


def _run(request: PersonRequest, pk: int) -> ImportRun:
    """One of the imports that the person may see; to others it does not exist."""
    return get_object_or_404(rules.visible_runs(request.user), pk=pk)


def _frame(found: ImportRun, importer: Importer, current: str) -> dict[str, Any]:
    """What all pages of an import show: where one is, and what was noticed about the file."""
    changeable = bool(rules.may_change(found))
    places = [
        ("file", _("File"), ""),
        ("columns", _("Columns"), reverse("imports:columns", args=(found.pk,)) if changeable else ""),
        ("rows", _("Rows"), reverse("imports:run", args=(found.pk,)) if changeable and found.mapping else ""),
        ("receipt", _("Imported"), ""),
    ]
    at = [name for name, _label, _url in places].index(current)
    steps = [
        {"label": label, "url": url, "state": "done" if place < at else "current" if place == at else "todo"}
        for place, (_name, label, url) in enumerate(places)
    ]
    return {
        "run": found,
        "importer": importer,
        "steps": steps,
        "notes": [gettext(note["message"]) % note["params"] for note in found.notes],
        "trail": [*_trail(_("Import"), reverse("imports:start")), (found.file_name, "")],
    }


def _trail(title: Any, url: str = "") -> list[tuple[Any, str]]:
    return [(_("Home"), "/"), (title, url)]
