"""The administrator's pages about who does what."""

from typing import Any

from django.contrib import messages
from django.forms import ChoiceField, Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.areas.administration import administered, trail_to
from fyrtaarn.foundation.lists import FORMAT, Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.viewing import register_place, saw

from .. import actions, queries
from ..acting import me
from ..forms import AddPersonForm, EndRoleForm, RoleForm
from ..models import Invitation, Role, RoleKind
from ..proof import demand_fresh_proof, fresh_proof_required

ROLES_PLACE = register_place("people.roles", gettext_lazy("the list of roles, with e-mail addresses"))
PERIODS = [
    ("", gettext_lazy("Now")),
    ("senere", gettext_lazy("Later")),
    ("sluttet", gettext_lazy("Ended")),
    ("alle", gettext_lazy("All")),
]


@require_safe
@administered
def roles(request: MunicipalRequest) -> HttpResponseBase:
    """Who holds which role, and who has been invited."""
    if request.GET.get(FORMAT):  # names and addresses of many, to take away
        demand_fresh_proof(request)
    here = request.municipality
    period = request.GET.get("periode", "")
    found = ListPage(
        request,
        queries.roles_of(here, period),
        name=_("Roles"),
        columns=(
            Column(_("Name"), lambda role: str(role.user), link=_edit_url),
            Column(_("E-mail address"), "user.email"),
            Column(_("Role"), lambda role: role.get_kind_display()),
            Column(_("Department"), _department_label),
            Column(_("From"), "starts"),
            Column(_("Until"), "ends"),
        ),
        sorts=(
            Sort("navn", _("Name"), ("user__name", "user__email")),
            Sort("nyeste", _("Newest first"), ("-starts", "-pk")),
        ),
        filters=(
            choice_filter("rolle", _("Role"), "kind", RoleKind.choices),
            choice_filter(
                "forvaltning", _("Department"), "department", [(d.pk, d.label) for d in here.departments.all()]
            ),
            Filter("periode", ChoiceField(label=_("When"), choices=PERIODS, required=False), lambda rows, value: rows),
        ),
        search=("user__name", "user__email"),
    )
    saw(request, ROLES_PLACE, [role.user_id for role in found.shown], here)
    trail = trail_to(here, (_("Roles and invitations"), ""))
    return found.respond("people/roles.html", {"invitations": queries.open_invitations(here), "trail": trail})


@administered
@fresh_proof_required
def add_person(request: MunicipalRequest) -> HttpResponse:
    """Give somebody a role, by e-mail address."""
    here = request.municipality
    initial = {"email": request.GET.get("email", "")}
    form = AddPersonForm(request.POST or None, initial=initial, municipality=here)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(municipality=here, by=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _what_came_of_it(added))
            return redirect("people:roles", here.slug)
    return _form_page(request, form, _("Give a role"), "people/add_person.html")


@administered
@fresh_proof_required
def edit_role(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Another kind or department."""
    role = _role(request, pk)
    initial = {"kind": role.kind, "department": role.department}
    form = RoleForm(request.POST or None, initial=initial, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(role, form.cleaned_data["kind"], form.cleaned_data["department"], by=me(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The role has been changed."))
            return redirect("people:roles", request.municipality.slug)
    return _form_page(request, form, str(role.user), "people/edit_role.html", role=role)


@administered
@fresh_proof_required
def end_role(request: MunicipalRequest, pk: int) -> HttpResponse:
    """When it ends."""
    role = _role(request, pk)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(role, form.cleaned_data["on"], by=me(request))
        except Refused as refusal:
            form.add_error("on", str(refusal.reason))
        else:
            messages.success(request, _("The end of the role has been noted."))
            return redirect("people:roles", request.municipality.slug)
    title = _("End the role of %(name)s") % {"name": role.user}
    return _form_page(request, form, title, "people/end_role.html", role=role)


@require_POST
@administered
def resend_invitation(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Send the letter again."""
    invitation = get_object_or_404(Invitation, pk=pk, municipality=request.municipality)
    actions.resend(invitation, by=me(request))
    messages.success(request, _("The invitation has been sent again to %(email)s.") % {"email": invitation.email})
    return redirect("people:roles", request.municipality.slug)


@require_POST
@administered
def withdraw_invitation(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Make the letter worthless."""
    invitation = get_object_or_404(Invitation, pk=pk, municipality=request.municipality)
    actions.withdraw(invitation, by=me(request))
    messages.success(request, _("The invitation to %(email)s has been withdrawn.") % {"email": invitation.email})
    return redirect("people:roles", request.municipality.slug)


def _role(request: MunicipalRequest, pk: int) -> Role:
    related = Role.objects.select_related("user", "municipality", "department")
    role: Role = get_object_or_404(related, pk=pk, municipality=request.municipality)
    return role


def _what_came_of_it(added: Role | Invitation) -> str:
    if isinstance(added, Role):
        return _("%(name)s has been given the role.") % {"name": added.user}
    return _("An invitation is on its way to %(email)s.") % {"email": added.email}


def _edit_url(role: Role) -> str:
    """The page on which the role is changed; none for one that has ended."""
    return "" if role.over else reverse("people:role-edit", args=[role.municipality.slug, role.pk])


def _department_label(role: Role) -> str:
    return role.department.label if role.department else _("The whole municipality")


def _form_page(request: MunicipalRequest, form: Form, title: str, template: str, **more: Any) -> HttpResponse:
    here = request.municipality
    back = reverse("people:roles", args=[here.slug])
    trail = trail_to(here, (_("Roles and invitations"), back), (title, ""))
    return render(request, template, {"form": form, "title": title, "back": back, "trail": trail, **more})
