"""Try a change on the examples, publish it, and keep the examples."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.engine.matching import Document, TaxonomyError
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.registry import kind_named
from fyrtaarn.listings.search import search
from fyrtaarn.people.acting import me
from fyrtaarn.vocabulary import queries
from fyrtaarn.vocabulary.actions import publish
from fyrtaarn.vocabulary.content import errors_of, taxonomy_of
from fyrtaarn.vocabulary.current import for_listings
from fyrtaarn.vocabulary.rules import may_edit
from fyrtaarn.vocabulary.views.common import for_those_who_may_see, page, trail_to

from . import actions
from .forms import ExampleForm, PublishForm
from .models import RankingExample
from .previewing import Outcome, preview, scope_of

SECTION = "ranking:preview"


def _examples() -> list[RankingExample]:
    return list(RankingExample.objects.prefetch_related("expected").order_by("question", "pk"))


@for_those_who_may_see
def try_out(request: HttpRequest) -> HttpResponse:
    """Today's and the draft's answers side by side; an editor publishes what she has seen."""
    seen = queries.draft_version()
    form = PublishForm(request.POST or None, initial={"draft": seen})
    if request.method == "POST":
        require(may_edit(me(request)))
        if form.is_valid() and _published(request, form):
            return redirect("vocabulary:versions")
        form.data = {**request.POST.dict(), "draft": str(seen)}  # publishing again publishes what this page shows
    changes = [change for _concept, change in queries.changed_concepts()]
    content = queries.draft_content()
    errors = errors_of(content)
    outcomes: list[Outcome] = []
    if changes and not errors:
        outcomes = preview(_examples(), changes, for_listings(), taxonomy_of(content))
    context = {
        "changes": changes,
        "errors": errors,
        "outcomes": outcomes,
        "better": sum(1 for one in outcomes if (one.after or 0) > (one.before or 0)),
        "worse": sum(1 for one in outcomes if (one.after or 0) < (one.before or 0)),
        "untouched": sum(1 for one in outcomes if not one.differs),
        "form": form,
        "newest": queries.newest_version(),
    }
    status = 422 if form.errors else 200
    return page(request, "ranking/preview.html", SECTION, _("Try and publish"), context, status=status)


def _published(request: HttpRequest, form: PublishForm) -> bool:
    values = form.cleaned_data
    try:
        version = publish(values["draft"], values["note"], by=me(request))
    except Conflict:
        form.add_error(
            None, _("The draft has changed since you saw the preview. Look at it again below; your text is kept.")
        )
        return False
    except (Refused, TaxonomyError) as refusal:
        form.add_error(None, str(getattr(refusal, "reason", refusal)))
        return False
    messages.success(
        request,
        _(
            "%(version)s is published. It is being taken up: search uses it as soon as all listings have been read with it."
        )
        % {"version": version},
    )
    return True


@for_those_who_may_see
def examples(request: HttpRequest) -> HttpResponse:
    """The examples, and a form for a new one."""
    form = ExampleForm(request.POST or None, initial={"question": request.GET.get("q", "")[:200]})
    if request.method == "POST":
        require(may_edit(me(request)))
        if form.is_valid():
            try:
                kept = actions.keep_example(**form.cleaned_data, by=me(request))
            except ValidationError as fault:
                form.add_error(None, fault)
            else:
                return redirect(kept.path)
    title = _("Examples")
    rows = [
        {"example": example, "kind": _plural(example.kind), "expected": len(example.expected.all())}
        for example in _examples()
    ]
    context = {"rows": rows, "form": form, "trail": _trail((title, ""))}
    return page(request, "ranking/examples.html", SECTION, title, context, status=422 if form.errors else 200)


def _plural(key: str) -> str:
    kind = kind_named(key)
    return str(kind.plural) if kind else _("Everything")


def _trail(*steps: tuple[Any, str]) -> list[tuple[Any, str]]:
    return trail_to((_("Try and publish"), reverse(SECTION)), *steps)


@for_those_who_may_see
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the answers should come up."""
    found = get_object_or_404(RankingExample, pk=pk)
    if request.method == "POST":
        require(may_edit(me(request)))
        chosen = [key for text in request.POST.getlist("expected") if (key := key_in(text)) is not None]
        actions.expect(found, chosen, by=me(request))
        messages.success(request, _("Saved."))
        return redirect("ranking:examples")
    expected = {answer.listing_id: answer.listing for answer in found.expected.select_related("listing__municipality")}
    results = search(scope_of(found), question=Document("", title=found.question))
    listings = [hit.listing for hit in results.hits]
    listings += [listing for pk, listing in expected.items() if pk not in {one.pk for one in listings}]
    context = {
        "example": found,
        "rows": [{"listing": listing, "expected": listing.pk in expected} for listing in listings],
        "kind": _plural(found.kind),
        "trail": _trail((_("Examples"), reverse("ranking:examples")), (found.question, "")),
    }
    return page(request, "ranking/example.html", SECTION, found.question, context)


@require_POST
@for_those_who_may_see
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an example no longer."""
    actions.remove_example(get_object_or_404(RankingExample, pk=pk), by=me(request))
    messages.success(request, _("The example is removed."))
    return redirect("ranking:examples")
