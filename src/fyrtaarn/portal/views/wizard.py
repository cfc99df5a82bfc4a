"""Writing a challenge step by step; a draft is kept from the first word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.conflicts import conflict_page, differences
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict

from .. import actions, rules
from ..forms import ChallengeStepForm, FrameForm, ReviewForm, SituationForm
from ..models import Challenge, ChallengeState
from ..queries.challenges import whole_challenges
from ..queries.fits import fits_of_challenge
from ..queries.names import names_of
from ..queries.wizard import is_told
from .common import MunicipalPersonRequest, challenge_of, challenges_trail

FORMS: dict[str, type[ChallengeStepForm]] = {"situation": SituationForm, "frame": FrameForm, "review": ReviewForm}
LABELS = {
    "situation": gettext_lazy("The situation"),
    "frame": gettext_lazy("Where, when and who"),
    "review": gettext_lazy("Look it through"),
}
ADDRESSES = {
    "situation": "portal:challenge-edit",
    "frame": "portal:challenge-frame",
    "review": "portal:challenge-review",
}
NEXT = {"situation": "frame", "frame": "review", "review": "publish"}
FORM_ID = "challenge-form"
MOST_BESIDE = 4


@in_municipality
def new(request: MunicipalPersonRequest) -> HttpResponse:
    """The first step of a challenge that is not there yet; the first save makes the draft."""
    require(rules.may_create_challenge(request.user, request.municipality))
    blank = Challenge(municipality=request.municipality, created_by=request.user)
    return write(request, blank, "situation")


@in_municipality
def step(request: MunicipalPersonRequest, pk: int, step: str) -> HttpResponse:
    """One step of a challenge that is there."""
    challenge = challenge_of(request, pk)
    require(rules.may_edit_challenge(request.user, challenge))
    return write(request, challenge, step)


def write(request: MunicipalPersonRequest, challenge: Challenge, step: str) -> HttpResponse:
    """Show the step's form, or save it: while she types (by HTMX), or on the way to another step."""
    data = request.POST if request.method == "POST" else None
    form = FORMS[step](data, user=request.user, instance=challenge)
    if data is None:
        return step_page(request, challenge, step, form)
    if not form.is_valid():
        return fault_note(request, form) if is_autosave(request) else step_page(request, challenge, step, form, 422)
    try:
        saved = save(request, challenge, form)
    except Conflict as conflict:
        if is_autosave(request):
            return render(request, "portal/wizard/autosave_conflict.html")
        return conflict_answer(request, conflict.current, step, form)
    if is_autosave(request):
        return autosaved(request, whole_challenges().get(pk=saved.pk), step)
    return onwards(request, saved, step)


def is_autosave(request: MunicipalPersonRequest) -> bool:
    return bool(request.htmx)


def save(request: MunicipalPersonRequest, challenge: Challenge, form: ChallengeStepForm) -> Challenge:
    """Make the draft, or change what is there. Raises Conflict when somebody else has saved something different."""
    key, page_key = form.cleaned_data["draft_key"], form.cleaned_data["page_key"]
    begun = challenge if challenge.pk else Challenge.objects.filter(draft_key=key).first()
    if begun is None:
        return actions.add_challenge(request.user, request.municipality, key, form.values(), page_key)
    version, typing = form.cleaned_data["version"], is_autosave(request)
    try:
        return actions.change_challenge(request.user, begun, form.values(), version, page_key=page_key, typing=typing)
    except Conflict as conflict:
        stored = type(form)(user=request.user, instance=conflict.current)
        if differences(form, stored):
            raise
        return begun


def conflict_answer(
    request: MunicipalPersonRequest, current: Challenge, step: str, form: ChallengeStepForm
) -> HttpResponse:
    theirs = FORMS[step](user=request.user, instance=current)
    trail = challenges_trail(request.municipality, (str(current), ""))
    return conflict_page(request, current=current, mine=form, theirs=theirs, back=address(current, step), trail=trail)


def address(challenge: Challenge, step: str) -> str:
    return reverse(ADDRESSES[step], args=(challenge.municipality.slug, challenge.pk))


def onwards(request: MunicipalPersonRequest, challenge: Challenge, step: str) -> HttpResponse:
    """To the step that she chose: another one, the same to see what fits, her list, or publishing."""
    wanted = request.POST.get("go") or NEXT[step]
    if wanted == "publish" and challenge.state == ChallengeState.DRAFT:
        if rules.missing_in(challenge):
            return redirect(f"{address(challenge, 'review')}#mangler")
        actions.publish_challenge(request.user, challenge)
        messages.success(
            request, _("The challenge is published. Below are the solutions that fit: invite those you like.")
        )
        return redirect(challenge.path)
    if wanted in FORMS:
        return redirect(address(challenge, wanted))
    messages.success(request, _("It is saved."))
    return redirect(challenge.path if challenge.state != ChallengeState.DRAFT else reverse("portal:my-challenges"))


def step_page(
    request: MunicipalPersonRequest, challenge: Challenge, step: str, form: ChallengeStepForm, status: int = 200
) -> HttpResponse:
    """The page of one step, with what fits beside it."""
    municipality = request.municipality
    context = {
        "challenge": challenge,
        "names": names_of(challenge),
        "step": step,
        "form": form,
        "form_id": FORM_ID,
        "steps": progress(challenge, step),
        "is_draft": challenge.state == ChallengeState.DRAFT,
        "missing": [(m.sentence, f"{address(challenge, m.step)}#id_{m.field}") for m in rules.missing_in(challenge)]
        if challenge.pk
        else [],
        "fits": fits_of_challenge(request.user, challenge, names_of(challenge), MOST_BESIDE),
        "trail": challenges_trail(municipality, (str(challenge) if challenge.pk else _("New challenge"), "")),
    }
    return render(request, f"portal/wizard/{step}.html", context, status=status)


def progress(challenge: Challenge, current: str) -> list[dict[str, Any]]:
    """The three steps for `<c-steps>`; once there is a draft they can be taken in any order."""
    return [
        {
            "label": LABELS[step],
            "state": "current" if step == current else "done" if is_told(challenge, step) else "open",
            "go": step,
            "form": FORM_ID,
        }
        for step in FORMS
    ]


def autosaved(request: MunicipalPersonRequest, challenge: Challenge, step: str) -> HttpResponse:
    """A line that says so, the new version for the form, and the draft's own address for the browser."""
    fits = fits_of_challenge(request.user, challenge, names_of(challenge), MOST_BESIDE)
    answer = render(request, "portal/wizard/autosaved.html", {"challenge": challenge, "fits": fits})
    answer["HX-Replace-Url"] = address(challenge, step)
    return answer


def fault_note(request: MunicipalPersonRequest, form: ChallengeStepForm) -> HttpResponse:
    """Why it could not be saved while she types; the whole page says it again when she saves."""
    faults = [(form[name].label, messages) for name, messages in form.errors.items()]
    return render(request, "portal/wizard/autosave_fault.html", {"faults": faults})
