"""What people do with solutions."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, ExpressionWrapper, F
from django.utils.translation import gettext

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.listings.actions import publish
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import REMINDED_BEFORE, Reference, Solution, SolutionState
from ..states import SOLUTION_STATES
from .drafts import assign, claim_draft, mark_deleted, save

TEXTS = "title what for_whom"
COPIED = (
    "for_whom",
    "what",
    "evidence",
    "stage",
    "delivers_everywhere",
    "capacity",
    "capacity_now",
    "price_model",
    "price_note",
    "language",
    "confirm_every",
)
COPIED_LISTS = ("themes", "target_groups", "goals", "districts", "delivers_in")


@transaction.atomic
def add_solution(
    user: User,
    organisation: Organisation,
    draft_key: UUID,
    fields: Mapping[str, Any],
    references: Iterable[Mapping[str, Any]] = (),
    *,
    page_key: str = "",
) -> Solution:
    """Begin a draft in the organisation's name; the same `draft_key` twice gives the same draft, unchanged."""
    require(rules.may_offer_for(user, organisation))
    solution, new = Solution.with_deleted.get_or_create(
        draft_key=draft_key, defaults={"organisation": organisation, "created_by": user, "saved_from": page_key}
    )
    if new:
        assign(solution, fields, TEXTS)
        save(solution, fields)
        set_references(solution, references)
    else:
        require(rules.may_edit_solution(user, solution))
        mark_deleted(solution, deleted=False)
    return solution


@transaction.atomic
def change_solution(
    user: User,
    solution: Solution,
    fields: Mapping[str, Any],
    version: int,
    references: Iterable[Mapping[str, Any]] = (),
    *,
    page_key: str = "",
) -> Solution:
    """Save cleaned form values and the whole list of references. Saving an offered solution confirms it.

    Raises Conflict when somebody else, or another page than `page_key`, has saved since `version`.
    """
    current = claim_draft(solution, version, page_key)
    require(rules.may_edit_solution(user, current))
    assign(current, fields, TEXTS)
    if current.state == SolutionState.PUBLISHED:
        require(rules.may_publish_solution(user, current))
        current.confirmed = clock.today()
    save(current, fields)
    set_references(current, references)
    if current.state == SolutionState.PUBLISHED:
        publish(current)
    return current


def set_references(solution: Solution, references: Iterable[Mapping[str, Any]]) -> None:
    """Make the solution's references exactly these."""
    solution.references.all().delete()
    for reference in references:
        Reference.objects.create(solution=solution, **reference)


@transaction.atomic
def publish_solution(user: User, solution: Solution) -> Solution:
    """Offer it, for the first time or again. Raises WrongState when it is offered already."""
    current = locked(solution)
    if current.state == SolutionState.PUBLISHED:
        raise WrongState
    require(rules.may_publish_solution(user, current))
    step = "publish" if current.state == SolutionState.DRAFT else "offer_again"
    current.published = clock.now()
    current.confirmed = clock.today()
    current.save(update_fields=["published", "confirmed"])
    return SOLUTION_STATES.perform(step, current, by=user)


@transaction.atomic
def withdraw_solution(user: User, solution: Solution) -> Solution:
    """Offer it no more; dialogues and agreements about it go on."""
    return SOLUTION_STATES.perform("withdraw", solution, by=user)


@transaction.atomic
def confirm_solution(user: User, solution: Solution) -> Solution:
    """Say that the offer still holds; it is fresh again from today."""
    current = locked(solution)
    require(rules.may_confirm_solution(user, current))
    current.confirmed = clock.today()
    current.save(update_fields=["confirmed"])
    publish(current)
    return current


@transaction.atomic
def copy_solution(user: User, solution: Solution, draft_key: UUID) -> Solution:
    """A new draft that begins as this solution is, without its references and pictures."""
    require(rules.may_edit_solution(user, solution))
    title = gettext("Copy of %(title)s") % {"title": solution.title}
    fields: dict[str, Any] = {"title": title[: Solution._meta.get_field("title").max_length]}
    fields |= {name: getattr(solution, name) for name in COPIED}
    fields |= {name: list(getattr(solution, name).all()) for name in COPIED_LISTS}
    return add_solution(user, solution.organisation, draft_key, fields)


@transaction.atomic
def delete_solution(user: User, solution: Solution) -> None:
    """Take a draft away; it can be brought back for 30 days."""
    current = locked(solution)
    require(rules.may_delete_solution(user, current))
    mark_deleted(current, deleted=True)


@transaction.atomic
def restore_solution(user: User, pk: int) -> Solution:
    """Bring a deleted draft back. Raises Solution.DoesNotExist when it is gone for good."""
    solution = Solution.with_deleted.select_for_update(of=("self",), no_key=True).get(pk=pk)
    require(rules.may_edit_solution(user, solution))
    mark_deleted(solution, deleted=False)
    return solution


@transaction.atomic
def remind_of_solutions() -> None:
    """Ask the owners of solutions that turn stale within 14 days, or have done so, whether they still hold.

    Each person is asked once before and once after for each confirmation.
    """
    fresh_until = ExpressionWrapper(F("confirmed") + F("confirm_every"), output_field=DateField())
    due = (
        Solution.objects.alias(ends=fresh_until)
        .filter(state=SolutionState.PUBLISHED, ends__lte=clock.today() + REMINDED_BEFORE)
        .select_related("organisation")
        .order_by("pk")
    )
    for solution in due.iterator(chunk_size=500):
        notices.ask_for_confirmation(solution)


def locked(solution: Solution) -> Solution:
    return hold(Solution.objects.all(), solution.pk)
