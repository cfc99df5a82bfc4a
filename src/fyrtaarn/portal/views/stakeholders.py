"""The pages of departments and organisations."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department

from ..queries.stakeholders import (
    department_page,
    departments_with_ambassadors,
    organisation_page,
    whole_organisations,
)
from .common import municipal_trail


@login_not_required
@in_municipality
@require_safe
def departments(request: MunicipalRequest) -> HttpResponse:
    """All departments of a municipality."""
    trail = municipal_trail(request.municipality, (_("Departments"), ""))
    context = {"trail": trail, "departments": departments_with_ambassadors(request.municipality)}
    return render(request, "portal/stakeholders/departments.html", context)


@login_not_required
@in_municipality
@require_safe
def department(request: MunicipalRequest, slug: str) -> HttpResponse:
    """One department: its work, challenges, collaborations and contact persons."""
    found = get_object_or_404(
        Department.objects.select_related("municipality"), municipality=request.municipality, slug=slug
    )
    listed = (_("Departments"), reverse("portal:departments", args=(request.municipality.slug,)))
    trail = municipal_trail(request.municipality, listed, (found.label, ""))
    context = {"trail": trail, "page": department_page(request.user, found), "department": found}
    return render(request, "portal/stakeholders/department.html", context)


@login_not_required
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it tells of itself, its solutions, collaborations and marks."""
    found = get_object_or_404(whole_organisations(), slug=slug)
    trail = [(_("Organisations"), "/organisationer/"), (str(found), "")]
    context = {"trail": trail, "page": organisation_page(request.user, found), "organisation": found}
    return render(request, "portal/stakeholders/organisation.html", context)
