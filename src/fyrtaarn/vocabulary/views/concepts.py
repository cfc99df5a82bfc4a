"""The words: list, one concept, merging, splitting, withdrawing, undoing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.conflicts import conflict_page
from fyrtaarn.foundation.lists import Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.acting import me

from .. import actions, queries
from ..content import entry_or_none, faults_of
from ..forms import AddWordForm, ConceptForm, MergeForm, NewConceptForm, ProposalForm, SplitForm
from ..models import ConceptKind, VocabularyConcept
from ..rules import is_editor, may_edit
from ..sections import tabs
from .common import for_those_who_may_see, municipalities_of, page, trail_to, try_to

SECTION = "vocabulary:concepts"
STANDINGS = {
    "kladde": (gettext_lazy("Changed in the draft"), lambda rows: rows.filter(pk__in=_changed())),
    "konflikt": (gettext_lazy("Differs from the product's"), lambda rows: rows.exclude(conflict=None)),
    "ude": (gettext_lazy("Withdrawn"), lambda rows: rows.filter(withdrawn=True)),
    "uden-engelsk": (gettext_lazy("Without English words"), lambda rows: rows.filter(english=[], withdrawn=False)),
}


def _changed() -> list[int]:
    return [concept.pk for concept, _change in queries.changed_concepts()]


def _standing_filter() -> Filter:
    chosen = choice_filter("status", _("Status"), "pk", [(key, label) for key, (label, _rows) in STANDINGS.items()])
    return Filter(chosen.name, chosen.field, lambda rows, value: STANDINGS[value][1](rows))


@require_safe
@for_those_who_may_see
def concepts(request: HttpRequest) -> HttpResponseBase:
    """All concepts and target groups of the draft."""
    listed: ListPage[VocabularyConcept] = ListPage(
        request,
        VocabularyConcept.objects.all(),
        name=_("Shared words"),
        columns=(
            Column(_("Concept"), lambda concept: concept.label, link=lambda concept: concept.path),
            Column(_("Kind"), lambda concept: concept.get_kind_display()),
            Column(_("Danish words"), lambda concept: _some(concept.danish)),
            Column(_("English words"), lambda concept: _some(concept.english)),
            Column(_("Status"), _standing),
        ),
        sorts=(
            Sort("navn", _("By name"), ("sort_key",)),
            Sort("kind", _("By kind"), ("kind", "sort_key")),
        ),
        filters=(
            choice_filter("slags", _("Kind"), "kind", ConceptKind.choices),
            _standing_filter(),
        ),
        search=("label_da", "label_en", "danish", "english"),
    )
    context = {
        "title": _("Shared words"),
        "tabs": tabs(SECTION),
        "may_edit": is_editor(me(request)),
        "trail": [(_("Home"), "/"), (_("Shared words"), "")],
    }
    return listed.respond("vocabulary/concepts.html", context)


def _some(words: list[str], most: int = 6) -> str:
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")


def _standing(concept: VocabularyConcept) -> str:
    if concept.conflict is not None:
        return _("Differs from the product's")
    if concept.withdrawn:
        return _("Withdrawn")
    change = queries.change_of(concept)
    if change is None:
        return _("Published")
    return _("New in the draft") if change.is_new else _("Changed in the draft")


@for_those_who_may_see
def new_concept(request: HttpRequest) -> HttpResponse:
    """Add a concept to the draft, or propose one."""
    initial = {"danish": [word for word in [request.GET.get("ord", "").strip()[:80]] if word]}
    form = NewConceptForm(request.POST or None, initial=initial)
    return _form_page(request, form, None, _("New concept"))


@for_those_who_may_see
def concept(request: HttpRequest, pk: int) -> HttpResponse:
    """One concept: its words, what has been done with it, and what can be."""
    found = get_object_or_404(VocabularyConcept, pk=pk)
    word = request.GET.get("ord", "").strip()[:80]
    changes = {"danish": [*found.danish, word]} if word and word not in found.danish else {}
    return _form_page(request, ConceptForm.of(found, request.POST or None, **changes), found, found.label)


def _form_page(request: HttpRequest, form: ConceptForm, found: VocabularyConcept | None, title: str) -> HttpResponse:
    editing = is_editor(me(request))
    asked = None if editing else ProposalForm(request.POST or None, municipalities=_offered(request))
    if asked:
        del form.fields["why"]
    if request.method == "POST" and form.is_valid() and (asked is None or asked.is_valid()):
        answer = _saved(request, form, found) if asked is None else _proposed(request, form, asked, found)
        if answer:
            return answer
    context: dict[str, Any] = {"form": form, "asked": asked, "concept": found, "trail": trail_to((title, ""))}
    if found:
        term = found.term
        context |= {
            "change": queries.change_of(found),
            "theirs": entry_or_none(found.conflict),
            "faults": [fault for fault in faults_of(queries.draft_content()) if fault.term == term],
            "steps": [_step_in_words(step) for step in steps_of(found)],
            "waiting": list(queries.waiting_proposals().filter(concept=found)),
            "narrower": VocabularyConcept.objects.filter(
                kind=found.kind, broader__contains=[found.key], withdrawn=False
            ),
        }
    wrong = form.errors or (asked and asked.errors)
    return page(request, "vocabulary/concept.html", SECTION, title, context, status=422 if wrong else 200)


def _offered(request: HttpRequest) -> Any:
    keys = [municipality.pk for municipality in municipalities_of(me(request))]
    return Municipality.objects.filter(pk__in=keys).order_by("sort_key", "pk")


STEPS = {
    "add": gettext_lazy("Added"),
    "change": gettext_lazy("Changed"),
    "withdraw": gettext_lazy("Withdrawn"),
    "restore": gettext_lazy("Brought back"),
    "undo": gettext_lazy("Set back to what is published"),
    "merge": gettext_lazy("Joined with another concept"),
    "split": gettext_lazy("Split"),
    "settle": gettext_lazy("Settled where it differed from the product's"),
}


def _step_in_words(step: Any) -> dict[str, Any]:
    return {"label": STEPS[step.name], "by": step.by, "at": step.at, "reason": step.reason}


def _saved(request: HttpRequest, form: ConceptForm, found: VocabularyConcept | None) -> HttpResponse | None:
    person, values = me(request), form.cleaned_data
    if found is None:
        added = actions.add_concept(form.entry(), by=person, why=values["why"])
        messages.success(request, _("“%(name)s” is in the draft.") % {"name": added.label})
        return redirect(added.path)
    try:
        actions.change_concept(found, form.entry(), version=values["version"] or 0, by=person, why=values["why"])
    except Conflict as conflict:
        theirs = ConceptForm.of(conflict.current)
        back = found.path
        return conflict_page(request, current=conflict.current, mine=form, theirs=theirs, back=back,
                             trail=[(str(label), url) for label, url in trail_to((found.label, ""))])  # fmt: skip
    messages.success(request, _("“%(name)s” is changed in the draft.") % {"name": found.label})
    return redirect(found.path)


def _proposed(
    request: HttpRequest, form: ConceptForm, asked: ProposalForm, found: VocabularyConcept | None
) -> HttpResponse | None:
    values = asked.cleaned_data
    try:
        proposal = actions.propose(found, form.entry(), values["why"], values["municipality"], by=me(request))
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return None
    messages.success(request, _("Your proposal has been sent to the editors. You will hear when they answer."))
    return redirect(proposal.path)


@require_safe
@for_those_who_may_see
def add_word(request: HttpRequest) -> HttpResponse:
    """To which concept a word belongs; leads on to the concept with the word filled in."""
    form = AddWordForm(request.GET if "concept" in request.GET else None, initial={"ord": request.GET.get("ord", "")})
    if form.is_bound and form.is_valid():
        return redirect(f"{form.found.path}?{urlencode({'ord': form.cleaned_data['ord']})}")
    title = _("Add a word to a concept")
    context = {"form": form, "trail": trail_to((title, "")), "names": _names(), "word": request.GET.get("ord", "")}
    return page(request, "vocabulary/add_word.html", SECTION, title, context)


def _names() -> list[str]:
    return list(
        VocabularyConcept.objects.filter(withdrawn=False).order_by("sort_key", "pk").values_list("label_da", flat=True)
    )


@for_those_who_may_see
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a concept with another."""
    require(may_edit(me(request)))
    found = get_object_or_404(VocabularyConcept, pk=pk)
    form = MergeForm(request.POST or None, concept=found)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            actions.merge_concepts(found, into, by=me(request), why=form.cleaned_data["why"])
        except Refused as refusal:
            form.add_error("into", str(refusal.reason))
        else:
            messages.success(request, _("The words are now with “%(name)s”.") % {"name": into.label})
            return redirect(into.path)
    lead = _("All its words, and the concepts below it, move to the other. It is then withdrawn.")
    return _act_page(request, found, form, _("Join “%(name)s” with another concept"), lead, _("Join"))


@for_those_who_may_see
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Move some words of a concept to a new one."""
    require(may_edit(me(request)))
    found = get_object_or_404(VocabularyConcept, pk=pk)
    form = SplitForm(request.POST or None, concept=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            new = actions.split_concept(
                found, values["label_da"], values["label_en"], values["words"], by=me(request), why=values["why"]
            )
        except Refused as refusal:
            form.add_error("words", str(refusal.reason))
        else:
            messages.success(request, _("“%(name)s” is in the draft.") % {"name": new.label})
            return redirect(new.path)
    lead = _("When one concept means two things, move the words of the one to a concept of their own.")
    return _act_page(request, found, form, _("Split “%(name)s”"), lead, _("Split"))


def _act_page(
    request: HttpRequest, found: VocabularyConcept, form: Any, title: str, lead: str, submit: str
) -> HttpResponse:
    title = title % {"name": found.label}
    context = {
        "form": form,
        "lead": lead,
        "submit": submit,
        "back": found.path,
        "trail": trail_to((found.label, found.path), (title, "")),
    }
    return page(request, "vocabulary/act.html", SECTION, title, context, status=422 if form.errors else 200)


@require_POST
@for_those_who_may_see
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a concept out of the draft."""
    found = get_object_or_404(VocabularyConcept, pk=pk)
    return try_to(
        request, lambda: actions.withdraw(found, by=me(request)), _("It is taken out of the draft."), found.path
    )


@require_POST
@for_those_who_may_see
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn concept back."""
    found = get_object_or_404(VocabularyConcept, pk=pk)
    return try_to(request, lambda: actions.restore(found, by=me(request)), _("It is back in the draft."), found.path)


@require_POST
@for_those_who_may_see
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a concept back to what is published."""
    found = get_object_or_404(VocabularyConcept, pk=pk)
    done = _("“%(name)s” is as it was published.") % {"name": found.label}
    return try_to(request, lambda: actions.undo(found, by=me(request)), done, found.path)


@require_POST
@for_those_who_may_see
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose between ours and the product's."""
    found = get_object_or_404(VocabularyConcept, pk=pk)
    theirs = request.POST.get("choice") == "theirs"
    return try_to(request, lambda: actions.settle(found, theirs=theirs, by=me(request)), _("Settled."), found.path)
