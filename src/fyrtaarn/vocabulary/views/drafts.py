"""The draft as a whole, proposals, and versions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.people.acting import me

from .. import actions, queries
from ..content import changes_between, faults_of
from ..forms import AnswerForm
from ..models import Proposal, VocabularyConcept, VocabularyVersion
from ..rules import is_editor, may_take_back
from ..states import PROPOSAL_STATES
from .common import for_those_who_may_see, page, trail_to, try_to


@require_safe
@for_those_who_may_see
def draft(request: HttpRequest) -> HttpResponse:
    """What differs from the newest version, and what must be mended before it can be published."""
    concepts = {concept.term: concept for concept in VocabularyConcept.objects.order_by("pk")}
    changed = queries.changed_concepts()
    terms = {concept.term for concept, _change in changed}
    faults = [
        (concepts[fault.term], fault)
        for fault in faults_of(queries.draft_content())
        if fault.is_error or fault.term in terms
    ]
    context = {
        "changed": changed,
        "faults": faults,
        "conflicts": [concept for concept in concepts.values() if concept.conflict is not None],
        "newest": queries.newest_version(),
    }
    return page(request, "vocabulary/draft.html", "vocabulary:draft", _("The draft"), context)


@require_safe
@for_those_who_may_see
def proposals(request: HttpRequest) -> HttpResponse:
    """What municipalities propose: what waits first, then what has been answered."""
    context = {
        "waiting": list(queries.waiting_proposals()),
        "answered": list(queries.proposals().exclude(state="waiting").order_by("-created", "-pk")[:50]),
    }
    return page(request, "vocabulary/proposals.html", "vocabulary:proposals", _("Proposals"), context)


@for_those_who_may_see
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, to be answered by an editor or taken back."""
    found = get_object_or_404(queries.proposals(), pk=pk)
    change = found.change
    title = change.entry.label_da
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = "accept" if request.POST.get("act") == "accept" else "decline"
        try:
            overruled = actions.answer(found, name, form.cleaned_data["answer"], by=me(request))
        except Refused as refusal:
            if not is_editor(me(request)):
                raise
            form.add_error("answer", str(refusal.reason))
        else:
            _tell_answer(request, name, overruled)
            return redirect("vocabulary:proposals")
    context = {
        "proposal": found,
        "change": change,
        "form": form,
        "waits": bool(PROPOSAL_STATES.available(me(request), found)),
        "may_take_back": found.state == "waiting" and may_take_back(me(request), found),
        "trail": trail_to((_("Proposals"), reverse("vocabulary:proposals")), (title, "")),
    }
    status = 422 if form.errors else 200
    return page(request, "vocabulary/proposal.html", "vocabulary:proposals", title, context, status=status)


def _tell_answer(request: HttpRequest, name: str, overruled: bool) -> None:
    if name != "accept":
        messages.success(request, _("The proposal is declined, and its author has been told why."))
    elif overruled:
        messages.warning(
            request, _("The proposal is in the draft, but a name had been changed since; that change stands.")
        )
    else:
        messages.success(request, _("The proposal is in the draft."))


@require_POST
@for_those_who_may_see
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back."""
    found = get_object_or_404(Proposal, pk=pk)
    actions.take_back(found, by=me(request))
    messages.success(request, _("The proposal is taken back."))
    return redirect("vocabulary:proposals")


@require_safe
@for_those_who_may_see
def versions(request: HttpRequest) -> HttpResponse:
    """All published versions, the newest first."""
    context = {"versions": VocabularyVersion.objects.defer("content").select_related("by")}
    return page(request, "vocabulary/versions.html", "vocabulary:versions", _("Versions"), context)


@require_safe
@for_those_who_may_see
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version: what it changed, and what differs from today."""
    found = get_object_or_404(VocabularyVersion.objects.select_related("by"), number=number)
    compared = _compared_with(request, found)
    changes = changes_between(compared.entries if compared else {}, found.entries)
    context = {
        "version": found,
        "compared": compared,
        "changes": changes[:300],
        "count": len(changes),
        "others": VocabularyVersion.objects.exclude(number=number).defer("content").order_by("-number"),
        "is_newest": not VocabularyVersion.objects.filter(number__gt=number).exists(),
        "trail": trail_to((_("Versions"), reverse("vocabulary:versions")), (str(found), "")),
    }
    return page(request, "vocabulary/version.html", "vocabulary:versions", str(found), context)


def _compared_with(request: HttpRequest, found: VocabularyVersion) -> VocabularyVersion | None:
    """The version that the reader chose to compare with, or else the one before."""
    chosen = request.GET.get("med", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 9:
        return VocabularyVersion.objects.filter(number=int(chosen)).first()
    return queries.version_before(found)


@require_POST
@for_those_who_may_see
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Bring an earlier version's content into the draft."""
    found = get_object_or_404(VocabularyVersion, number=number)
    done = _("The draft says what version %(number)s said. Look at it and publish it.") % {"number": number}
    return try_to(request, lambda: actions.go_back_to(found, by=me(request)), done, reverse("vocabulary:draft"))
