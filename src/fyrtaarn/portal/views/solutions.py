"""Describing, offering and confirming solutions, and the page of one."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.conflicts import conflict_page
from fyrtaarn.foundation.files import files_of, keep_file, remove_file
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of

from .. import actions, rules
from ..forms import NewPictureForm, ReferenceFormSet, SolutionForm, references_in
from ..models import Solution, SolutionState
from ..queries.solutions import solution_page, whole_solutions
from .common import PersonRequest, my_solutions_trail, sign_in_or_require

MORE_ROWS = "more_references"


@login_not_required
@require_safe
def page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A solution, for everybody who may see it."""
    solution = get_object_or_404(whole_solutions(), pk=pk)
    if answer := sign_in_or_require(request, rules.may_see_solution(request.user, solution)):
        return answer
    if request.path != solution.path:
        return redirect(solution.path, permanent=False)
    trail = [(_("Solutions"), "/loesninger/"), (str(solution), "")]
    context = {"trail": trail, "page": solution_page(request.user, solution), "solution": solution}
    return render(request, "portal/solution/page.html", context)


@dataclass
class Forms:
    """The three forms on the page of one solution."""

    solution: SolutionForm
    references: Any
    picture: NewPictureForm

    def are_valid(self) -> bool:
        return all([self.solution.is_valid(), self.references.is_valid(), self.picture.is_valid()])


def new(request: PersonRequest) -> HttpResponse:
    """Describe a solution; where she is in several teams, she first chooses whose it is."""
    teams = [membership.organisation for membership in memberships_of(request.user)]
    chosen = request.GET.get("organisation") or (str(teams[0].pk) if len(teams) == 1 else "")
    if not chosen:
        trail = my_solutions_trail((_("New solution"), ""))
        return render(request, "portal/solution/choose.html", {"trail": trail, "teams": teams})
    organisation = next((team for team in teams if str(team.pk) == chosen), None)
    if organisation is None:
        raise Refused(_("Only the organisation's own team can offer solutions in its name."))
    require(rules.may_offer_for(request.user, organisation))
    return write(request, Solution(organisation=organisation, created_by=request.user), organisation)


def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a solution that is there."""
    solution = solution_of(request, pk)
    return write(request, solution, solution.organisation)


def write(request: PersonRequest, solution: Solution, organisation: Organisation) -> HttpResponse:
    """Show the forms, add an empty row to the references, or save."""
    forms = bound_forms(request, solution)
    if request.method != "POST" or MORE_ROWS in request.POST:
        return form_page(request, solution, forms)
    if not forms.are_valid():
        return form_page(request, solution, forms, 422)
    try:
        saved = save(request, solution, organisation, forms)
    except Conflict as conflict:
        return conflict_answer(request, conflict.current, forms)
    except ValidationError as fault:  # the picture could not be kept, so nothing is: what was written stays
        forms.picture.add_error("picture", fault)
        return form_page(request, solution, forms, 422)
    return onwards(request, saved)


def bound_forms(request: PersonRequest, solution: Solution) -> Forms:
    if request.method != "POST":
        rows = list(solution.references.values("title", "year", "note")) if solution.pk else []
        return Forms(
            SolutionForm(instance=solution), ReferenceFormSet(initial=rows, prefix="references"), NewPictureForm()
        )
    data, count = request.POST.copy(), request.POST.get("references-TOTAL_FORMS", "")
    if MORE_ROWS in data and count.isdecimal() and len(count) < 4:
        data["references-TOTAL_FORMS"] = str(int(count) + 1)
    return Forms(
        SolutionForm(data, instance=solution),
        ReferenceFormSet(data, prefix="references"),
        NewPictureForm(data, request.FILES),
    )


@transaction.atomic
def save(request: PersonRequest, solution: Solution, organisation: Organisation, forms: Forms) -> Solution:
    """Make the draft, or change what is there, with its references and a new picture."""
    form = forms.solution
    key, page_key = form.cleaned_data["draft_key"], form.cleaned_data["page_key"]
    begun = solution if solution.pk else Solution.objects.filter(draft_key=key).first()
    references = references_in(forms.references)
    if begun is None:
        saved = actions.add_solution(request.user, organisation, key, form.values(), references, page_key=page_key)
    else:
        version = form.cleaned_data["version"]
        saved = actions.change_solution(request.user, begun, form.values(), version, references, page_key=page_key)
    if upload := forms.picture.cleaned_data["picture"]:
        words = forms.picture.cleaned_data["alternative_text"]
        keep_file(upload, subject=saved, by=request.user, alternative_text=words)
    picture = request.POST.get("remove_picture", "")
    if picture.isdecimal() and len(picture) < 18:
        remove_file(get_object_or_404(files_of(saved), pk=picture), by=request.user)
    return saved


def onwards(request: PersonRequest, solution: Solution) -> HttpResponse:
    """Where she chose to go: publish, stay for another picture, or the solution's page."""
    wanted = request.POST.get("go")
    if wanted == "publish" and solution.state != SolutionState.PUBLISHED:
        if missing := rules.missing_in_solution(solution):
            messages.warning(request, " ".join(str(one.sentence) for one in missing))
            return redirect("portal:solution-edit", solution.pk)
        actions.publish_solution(request.user, solution)
        messages.success(request, _("The solution is offered. Below are the challenges that it fits."))
        return redirect(solution.path)
    messages.success(request, _("It is saved."))
    if wanted == "stay" or "remove_picture" in request.POST:
        return redirect(f"{reverse('portal:solution-edit', args=(solution.pk,))}#billeder")
    return redirect(solution.path)


def conflict_answer(request: PersonRequest, current: Solution, forms: Forms) -> HttpResponse:
    return conflict_page(
        request,
        current=current,
        mine=forms.solution,
        theirs=SolutionForm(instance=current),
        back=reverse("portal:solution-edit", args=(current.pk,)),
        trail=my_solutions_trail((str(current), "")),
        template="portal/solution/conflict.html",
        context={"references": forms.references},
    )


def form_page(request: PersonRequest, solution: Solution, forms: Forms, status: int = 200) -> HttpResponse:
    context = {
        "solution": solution,
        "form": forms.solution,
        "references": forms.references,
        "picture_form": forms.picture,
        "pictures": list(files_of(solution)) if solution.pk else [],
        "trail": my_solutions_trail((str(solution) if solution.pk else _("New solution"), "")),
    }
    return render(request, "portal/solution/edit.html", context, status=status)


def solution_of(request: PersonRequest, pk: int) -> Solution:
    """The solution, for those who may change it."""
    solution = get_object_or_404(Solution.objects.select_related("organisation__home"), pk=pk)
    require(rules.may_edit_solution(request.user, solution))
    return solution


@require_POST
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer it, for the first time or again."""
    solution = solution_of(request, pk)
    actions.publish_solution(request.user, solution)
    messages.success(request, _("The solution is offered. Below are the challenges that it fits."))
    return redirect(solution.path)


@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    solution = solution_of(request, pk)
    actions.withdraw_solution(request.user, solution)
    messages.success(request, _("The solution is withdrawn. You can offer it again whenever you like."))
    return redirect(solution.path)


@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """It still holds."""
    solution = actions.confirm_solution(request.user, solution_of(request, pk))
    day = solution.fresh_until.strftime("%d.%m.%Y")
    messages.success(request, _("Thank you. We ask again before %(day)s.") % {"day": day})
    return redirect(solution.path)


@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """A new draft that begins as this one is."""
    copied = actions.copy_solution(request.user, solution_of(request, pk), uuid4())
    messages.success(request, _("Here is the copy. Change what is different."))
    return redirect("portal:solution-edit", copied.pk)


@require_POST
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a draft away; the list that follows offers the way back."""
    actions.delete_solution(request.user, solution_of(request, pk))
    return redirect(f"{reverse('portal:my-solutions')}?slettet={pk}")


@require_POST
def restore(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring a deleted draft back."""
    if not Solution.with_deleted.filter(pk=pk).exists():
        raise Http404
    actions.restore_solution(request.user, pk)
    messages.success(request, _("The draft is back."))
    return redirect("portal:solution-edit", pk)
