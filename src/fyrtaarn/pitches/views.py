"""Pages of pitches: the team writes and asks, an ambassador comments."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from fyrtaarn.foundation.conflicts import conflict_page, differences
from fyrtaarn.foundation.form_pages import attempt, form_page
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from . import actions, queries, rules
from .forms import FORMS, BeginForm, CommentForm, ReasonForm, ReviewForm, StepForm
from .models import Pitch, PitchReview, PitchVersion
from .paper import TooLong, on_one_page
from .parts import STEPS, Part
from .states import PITCH_STATES

FORM_ID = "pitch-form"
LABELS = {
    "problem": gettext_lazy("The problem, and for whom"),
    "solution": gettext_lazy("The solution, and what it does"),
    "ask": gettext_lazy("What you ask for"),
}
NEXT = {"problem": "solution", "solution": "ask"}
ACTS = {"skjul": "hide", "laeg-vaek": "put_away", "tag-frem": "take_out"}
Trail = list[tuple[str, str]]


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User
    htmx: HtmxDetails


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The pitches of my organisations."""
    pitches = queries.put_away_last(queries.pitches_of(request.user))
    return render(request, "pitches/mine.html", {"pitches": pitches, "trail": _trail(last=_("Pitches"))})


def begin(request: PersonRequest) -> HttpResponse:
    """Choose the organisation, and a solution to begin from."""
    chosen = {name: request.GET[name] for name in ("organisation", "offer") if name in request.GET}
    form = BeginForm(request.POST or None, user=request.user, initial=chosen)
    lead = _("A short pitch on one page, which a busy municipal employee reads in a minute and a half.")
    if not memberships_of(request.user):
        lead = _("A pitch is an organisation's. Add yours first, under My organisations.")
    return form_page(
        request,
        form,
        lambda: actions.begin(
            request.user, form.cleaned_data["organisation"], form.cleaned_data["offer"], get_language() or "da"
        ),
        title=_("Write a pitch"),
        lead=lead,
        submit=_("Begin"),
        back=reverse("pitches:mine"),
        done=_("The pitch has begun. Everything is saved while you write."),
        onwards=lambda made: reverse("pitches:step", args=[made.pk, "problem"]),
        trail=_trail(),
    )


@require_safe
def pitch(request: PersonRequest, pk: int) -> HttpResponse:
    """The pitch as it reads now, with the comments beside each part."""
    found = _pitch(request, pk)
    return _page(request, found)


def _page(request: PersonRequest, found: Pitch, status: int = 200, **more: Any) -> HttpResponse:
    reviews = queries.reviews_of(found)
    comments = queries.comments_on(reviews)
    steps = {part: step for step, parts in STEPS.items() for part in parts}
    context = {
        "pitch": found,
        "parts": [(part, getattr(found, part), comments[part], steps[part]) for part in Part],
        "reviews": reviews,
        "versions": list(queries.versions_of(found)),
        "may_change": rules.may_change(request.user, found),
        "may_show": rules.may_show(request.user, found),
        "may_ask": rules.may_ask(request.user, found),
        "acts": [
            (address, PITCH_STATES.transitions[name].label)
            for address, name in ACTS.items()
            if name in {step.name for step in PITCH_STATES.allowed(request.user, found)}
        ],
        "trail": _trail(last=str(found)),
        **more,
    }
    return render(request, "pitches/pitch.html", context, status=status)


def step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One step: show its form, or save it, while she types (by HTMX) or on the way to another step."""
    if step not in FORMS:
        raise Http404
    found = _pitch(request, pk)
    require(rules.may_change(request.user, found))
    form = FORMS[step](request.POST if request.method == "POST" else None, instance=Pitch.objects.get(pk=pk))
    if request.method != "POST":
        return _step_page(request, found, step, form)
    if not form.is_valid():
        if request.htmx:
            faults = [(form[name].label, texts) for name, texts in form.errors.items()]
            return render(request, "pitches/autosave_fault.html", {"faults": faults})
        return _step_page(request, found, step, form, 422)
    try:
        saved = _save(request, found, form)
    except Conflict as conflict:
        return _conflict(request, conflict.current, step, form)
    if request.htmx:
        return render(request, "pitches/autosaved.html", {"pitch": saved})
    return _onwards(request, saved, step)


def _save(request: PersonRequest, found: Pitch, form: StepForm) -> Pitch:
    carried = form.cleaned_data
    try:
        return actions.write(
            request.user,
            found,
            form.values,
            carried["version"],
            page_key=carried["page_key"],
            typing=bool(request.htmx),
        )
    except Conflict as conflict:
        if differences(form, type(form)(instance=conflict.current)):
            raise
        return cast(Pitch, conflict.current)


def _conflict(request: PersonRequest, current: Pitch, step: str, form: StepForm) -> HttpResponse:
    if request.htmx:
        return render(request, "pitches/autosave_conflict.html")
    theirs = FORMS[step](instance=Pitch.objects.get(pk=current.pk))
    back, trail = reverse("pitches:step", args=[current.pk, step]), _trail(last=str(current))
    changed = str(current.updated_by), date_format(current.updated, "DATETIME_FORMAT")
    return conflict_page(request, current=current, mine=form, theirs=theirs, back=back, trail=trail, changed=changed)


def _onwards(request: PersonRequest, saved: Pitch, step: str) -> HttpResponse:
    """To the step that she chose, the next one, or the whole."""
    wanted = request.POST.get("go") or NEXT.get(step, "")
    if wanted in FORMS:
        return redirect("pitches:step", saved.pk, wanted)
    messages.success(request, _("It is saved."))
    return redirect("pitches:pitch", saved.pk)


def _step_page(request: PersonRequest, found: Pitch, step: str, form: StepForm, status: int = 200) -> HttpResponse:
    comments = queries.comments_on(queries.reviews_of(found))
    steps = [
        {
            "label": LABELS[name],
            "state": "current" if name == step else "done" if all(getattr(found, part) for part in parts) else "open",
            "go": name,
            "form": FORM_ID,
        }
        for name, parts in STEPS.items()
    ]
    context = {
        "pitch": found,
        "step": step,
        "form": form,
        "form_id": FORM_ID,
        "steps": steps,
        "comments": [(part, comments[part]) for part in STEPS[step] if comments[part]],
        "is_last": step not in NEXT,
        "trail": _trail(last=str(found)),
    }
    return render(request, "pitches/step.html", context, status=status)


@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The pitch as a PDF of one page; when it is too long, its page with what to shorten."""
    found = _pitch(request, pk)
    if not found.texts:
        return _page(request, found, 422, nothing=True)
    try:
        return _pdf(found)
    except TooLong as fault:
        return _page(request, found, 422, too_long=fault.parts)


@require_safe
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version as it was when it was shown to somebody."""
    found = _version(request, pk)
    trail = [*_trail(), (str(found), reverse("pitches:pitch", args=[found.pitch_id]))]
    title = _("Version %(number)s") % {"number": found.number}
    context = {
        "version": found,
        "title": title,
        "may_go_back": rules.may_change(request.user, found.pitch),
        "trail": [*trail, (title, "")],
    }
    return render(request, "pitches/version.html", context)


@require_POST
def go_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the pitch say again what this version says."""
    found = _version(request, pk)
    actions.go_back(request.user, found)
    messages.success(
        request, _("The pitch says again what the version says. What it said before is kept as a version.")
    )
    return redirect("pitches:pitch", found.pitch_id)


def _pdf(found: Pitch) -> HttpResponse:
    answer = HttpResponse(on_one_page(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{danish_slug(str(found)) or "pitch"}.pdf"'
    return answer


@require_POST
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what it says now on the organisation's page."""
    found = _pitch(request, pk)
    actions.show(request.user, found)
    messages.success(request, _("It is shown on your organisation's page as it reads now."))
    return redirect("pitches:pitch", pk)


@require_POST
def act(request: PersonRequest, pk: int, act: str) -> HttpResponse:
    """Hide it, put it away, or take it out again."""
    if act not in ACTS:
        raise Http404
    actions.take_step(request.user, _pitch(request, pk), ACTS[act])
    messages.success(request, _("It is noted."))
    return redirect("pitches:pitch", pk)


def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask an ambassador for comments."""
    found = _pitch(request, pk)
    require(rules.may_ask(request.user, found))
    form = ReviewForm(request.POST or None, pitch=found)
    return form_page(
        request,
        form,
        lambda: actions.ask(request.user, found, **form.cleaned_data),
        title=_("Ask an ambassador for comments"),
        lead=_("Only your team and the ambassador see the pitch and the comments."),
        submit=_("Ask"),
        back=reverse("pitches:pitch", args=[pk]),
        done=_("The ambassador has been asked."),
        trail=[*_trail(), (str(found), reverse("pitches:pitch", args=[pk]))],
    )


def review(request: PersonRequest, pk: int) -> HttpResponse:
    """What an ambassador is asked: read, comment beside each part, send."""
    found = _review(pk)
    require(rules.may_see_comments(request.user, found))
    form = CommentForm(request.POST or None, review=found)
    may_comment = rules.may_comment(request.user, found)
    if request.method == "POST":
        require(may_comment)
        if form.is_valid() and _commented(request, found, form):
            return redirect("pitches:review", pk)
    title = _("Comments on a pitch")
    context = {
        "review": found,
        "form": form,
        "may_comment": may_comment,
        "comments": {one.part: one.text for one in found.comments.all()},
        "title": title,
        "trail": [(_("My overview"), "/min/overblik/"), (title, "")],
    }
    return render(request, "pitches/review.html", context, status=422 if form.errors else 200)


def _commented(request: PersonRequest, found: PitchReview, form: CommentForm) -> bool:
    done = request.POST.get("go") == "finish"
    act = actions.finish if done else actions.comment
    if attempt(form, lambda: act(request.user, found, form.texts, form.cleaned_data["overall"])) is None:
        return False
    messages.success(
        request, _("Thank you. The team has your comments.") if done else _("Saved. Nobody else sees it yet.")
    )
    return True


def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """An ambassador has no time."""
    found = _review(pk)
    require(rules.may_comment(request.user, found))
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.decline(request.user, found, form.cleaned_data["reason"]),
        title=_("I have no time"),
        lead=_("The team is told, and can ask somebody else."),
        submit=_("Send"),
        back="/min/overblik/",
        done=_("The team has been told."),
        trail=[(_("My overview"), "/min/overblik/"), (_("Comments on a pitch"), reverse("pitches:review", args=[pk]))],
    )


@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """The team needs the comments no more."""
    found = _review(pk)
    actions.withdraw(request.user, found)
    messages.success(request, _("It is noted."))
    return redirect("pitches:pitch", found.version.pitch_id)


def _pitch(request: PersonRequest, pk: int) -> Pitch:
    found = get_object_or_404(queries.whole_pitches(), pk=pk)
    require(rules.may_see(request.user, found))
    return found


def _version(request: PersonRequest, pk: int) -> PitchVersion:
    joined = "organisation", "department__municipality", "pitch"
    found = get_object_or_404(PitchVersion.objects.select_related(*joined), pk=pk)
    require(rules.may_write_for(request.user, found.organisation_id))
    return found


def _review(pk: int) -> PitchReview:
    return get_object_or_404(queries.whole_reviews(), pk=pk)


def _trail(*, last: str = "") -> Trail:
    """The way by my pitches to a page, or to my pitches themselves."""
    own = reverse("pitches:mine")
    ends = [(last, "")] if last else []
    if last == _("Pitches"):
        return [(_("My overview"), "/min/overblik/"), *ends]
    return [(_("My overview"), "/min/overblik/"), (_("Pitches"), own), *ends]
