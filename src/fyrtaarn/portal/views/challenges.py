"""The page of a challenge, and the steps that its owners take with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.rules import require

from .. import actions, rules
from ..forms import EndForm
from ..models import Challenge
from ..queries.challenges import challenge_page, whole_challenges
from ..states import CHALLENGE_STATES, ENDING_STEPS, PLAIN_STEPS
from .common import MunicipalPersonRequest, challenge_of, challenges_trail, sign_in_or_require


@login_not_required
@in_municipality
@require_safe
def page(request: MunicipalRequest, pk: int, slug: str) -> HttpResponse:
    """A challenge, for everybody who may see it."""
    challenge = get_object_or_404(whole_challenges(), pk=pk, municipality=request.municipality)
    if answer := sign_in_or_require(request, rules.may_see_challenge(request.user, challenge)):
        return answer
    if request.path != challenge.path:
        return redirect(challenge.path, permanent=False)
    trail = challenges_trail(request.municipality, (str(challenge), ""))
    context = {"trail": trail, "page": challenge_page(request.user, challenge), "challenge": challenge}
    return render(request, "portal/challenge/page.html", context)


@require_POST
@in_municipality
def take_step(request: MunicipalPersonRequest, pk: int, step: str) -> HttpResponse:
    """Move the challenge one step that needs nothing but the wish."""
    if step not in PLAIN_STEPS:
        raise Http404
    challenge = actions.step_challenge(request.user, challenge_of(request, pk), step)
    messages.success(request, _("The challenge is now: %(state)s.") % {"state": challenge.get_state_display()})
    return redirect(challenge.path)


@in_municipality
def end(request: MunicipalPersonRequest, pk: int, step: str) -> HttpResponse:
    """Solve or close it, with what was learned."""
    if step not in ENDING_STEPS:
        raise Http404
    challenge = challenge_of(request, pk)
    require(rules.may_edit_challenge(request.user, challenge))
    form = EndForm(request.POST or None, initial={"learned": challenge.learned})
    if request.method == "POST" and form.is_valid():
        actions.end_challenge(request.user, challenge, step, form.cleaned_data["learned"])
        messages.success(request, _("Thank you. What you learned is now on the page of the challenge."))
        return redirect(challenge.path)
    label = CHALLENGE_STATES.transitions[step].label
    trail = challenges_trail(request.municipality, (str(challenge), challenge.path), (str(label), ""))
    context = {"trail": trail, "challenge": challenge, "form": form, "label": label}
    return render(request, "portal/challenge/end.html", context, status=422 if form.errors else 200)


@require_POST
@in_municipality
def leave(request: MunicipalPersonRequest, pk: int, department: int) -> HttpResponse:
    """Take a department out of those that own the challenge together."""
    challenge = challenge_of(request, pk)
    leaving = get_object_or_404(Department, pk=department, municipality=request.municipality)
    actions.leave_challenge(request.user, challenge, leaving)
    messages.success(request, _("%(department)s no longer owns the challenge.") % {"department": leaving.label})
    return redirect(challenge.path if rules.may_see_challenge(request.user, challenge) else "portal:my-challenges")


@require_POST
@in_municipality
def delete(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """Take a draft away; the list that follows offers the way back."""
    challenge = challenge_of(request, pk)
    actions.delete_challenge(request.user, challenge)
    return redirect(f"{reverse('portal:my-challenges')}?slettet={challenge.pk}")


@require_POST
@in_municipality
def restore(request: MunicipalPersonRequest, pk: int) -> HttpResponse:
    """Bring a deleted draft back."""
    if not Challenge.with_deleted.filter(pk=pk, municipality=request.municipality).exists():
        raise Http404
    challenge = actions.restore_challenge(request.user, pk)
    messages.success(request, _("The draft is back."))
    return redirect("portal:challenge-edit", request.municipality.slug, challenge.pk)
