"""The administrator's pages about the municipality itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict

from . import actions, queries
from .addresses import MunicipalRequest
from .administration import administered, tiles_for, trail_to
from .forms import DepartmentForm, DistrictForm, EditForm, EndDepartmentForm, LocalBodyForm, MunicipalityForm
from .models import Department, District, LocalBody, Municipality


@dataclass(frozen=True)
class Part:
    """A list of areas within a municipality, and the form of one of them."""

    model: Any
    title: str | Promise
    new_title: str | Promise
    name: str
    listed: Callable[[Municipality], Any]
    form: Callable[..., EditForm]

    def url(self, municipality: Municipality, page: str = "") -> str:
        return reverse(f"areas:{self.name}{page}", args=[municipality.slug])


PARTS = {
    "departments": Part(
        Department,
        gettext_lazy("Departments"),
        gettext_lazy("New department"),
        "departments",
        queries.departments_of,
        lambda municipality, *args, **kwargs: DepartmentForm(*args, **kwargs),
    ),
    "districts": Part(
        District,
        gettext_lazy("Districts"),
        gettext_lazy("New district"),
        "districts",
        queries.districts_of,
        lambda municipality, *args, **kwargs: DistrictForm(*args, **kwargs),
    ),
    "local-bodies": Part(
        LocalBody,
        gettext_lazy("Local committees"),
        gettext_lazy("New local committee"),
        "local-bodies",
        queries.local_bodies_of,
        lambda municipality, *args, **kwargs: LocalBodyForm(*args, municipality=municipality, **kwargs),
    ),
}


@require_safe
@administered
def administration(request: MunicipalRequest) -> HttpResponse:
    """The administrator's start page."""
    here = request.municipality
    return render(request, "areas/administration.html", {"tiles": tiles_for(here), "trail": trail_to(here)})


@administered
def edit_municipality(request: MunicipalRequest) -> HttpResponse:
    """Name, welcome text and colour."""
    here = Municipality.objects.get(pk=request.municipality.pk)  # the form writes on its own copy
    title = _("About the municipality")
    form = MunicipalityForm(request.POST or None, instance=here)
    back = reverse("areas:administration", args=[here.slug])
    if request.method == "POST" and _changed(request, form):
        return redirect(back)
    return _form_page(request, form, title, back, trail_to(request.municipality, (title, "")))


@require_safe
@administered
def listed(request: MunicipalRequest, part: str) -> HttpResponse:
    """All departments, districts or local bodies."""
    kind, here = PARTS[part], request.municipality
    context = {
        "title": kind.title,
        "rows": kind.listed(here),
        "new_url": kind.url(here, "-new"),
        "new_title": kind.new_title,
        "trail": trail_to(here, (kind.title, "")),
    }
    return render(request, f"areas/{kind.name.replace('-', '_')}.html", context)


@administered
def new(request: MunicipalRequest, part: str) -> HttpResponse:
    """Add one."""
    kind, here = PARTS[part], request.municipality
    form = kind.form(here, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add(kind.model, here, form.values, by=request.user)
        messages.success(request, _("It has been added."))
        return redirect(kind.url(here))
    trail = trail_to(here, (kind.title, kind.url(here)), (kind.new_title, ""))
    return _form_page(request, form, kind.new_title, kind.url(here), trail)


@administered
def edit(request: MunicipalRequest, part: str, pk: int) -> HttpResponse:
    """Change one."""
    kind, here = PARTS[part], request.municipality
    subject = get_object_or_404(kind.model, pk=pk, municipality=here)
    name = subject.label if isinstance(subject, Department) else subject.name
    form = kind.form(here, request.POST or None, instance=subject)
    if request.method == "POST" and _changed(request, form):
        return redirect(kind.url(here))
    trail = trail_to(here, (kind.title, kind.url(here)), (name, ""))
    return _form_page(request, form, name, kind.url(here), trail)


@require_POST
@administered
def remove(request: MunicipalRequest, part: str, pk: int) -> HttpResponse:
    """Remove a district or local body that nothing uses."""
    kind, here = PARTS[part], request.municipality
    subject = get_object_or_404(kind.model, pk=pk, municipality=here)
    try:
        actions.remove(subject, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, _("%(name)s has been removed.") % {"name": subject.name})
    return redirect(kind.url(here))


@administered
def end_department(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Let a department end and say who takes over."""
    kind, here = PARTS["departments"], request.municipality
    department = get_object_or_404(Department.objects.select_related("municipality"), pk=pk, municipality=here)
    form = EndDepartmentForm(request.POST or None, department=department)
    if request.method == "POST" and form.is_valid() and _ended(request, department, form):
        return redirect(kind.url(here))
    title = _("End %(name)s") % {"name": department.label}
    trail = trail_to(here, (kind.title, kind.url(here)), (title, ""))
    return _form_page(request, form, title, kind.url(here), trail, template="areas/end_department.html")


def _ended(request: HttpRequest, department: Department, form: EndDepartmentForm) -> bool:
    try:
        actions.end_department(
            department,
            form.cleaned_data["on"],
            successor=form.cleaned_data["successor"],
            new_name=form.cleaned_data["new_name"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error("on", str(refusal.reason))
        return False
    messages.success(request, _("The end of the department has been noted."))
    return True


def _changed(request: HttpRequest, form: EditForm) -> bool:
    """Save the form; False when it must be shown again, with what is wrong."""
    if not form.is_valid():
        return False
    try:
        subject = type(form.instance).objects.get(pk=form.instance.pk)
        actions.change(subject, form.values, version=form.cleaned_data["version"] or 0, by=request.user)
    except Conflict as conflict:
        form.overtaken(conflict.current.version)
        return False
    messages.success(request, _("Your changes have been saved."))
    return True


def _form_page(
    request: HttpRequest,
    form: Form | EditForm,
    title: str | Promise,
    back: str,
    trail: list[tuple[str | Promise, str]],
    *,
    template: str = "areas/form.html",
) -> HttpResponse:
    return render(request, template, {"form": form, "title": title, "back": back, "trail": trail})
