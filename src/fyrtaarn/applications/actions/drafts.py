"""An application is begun with all that is known already, and written on by several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of, keep_file
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import Conflict, claim_version
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User
from fyrtaarn.pitches.models import Pitch
from fyrtaarn.pools.models import Call, PoolRules, Stage
from fyrtaarn.portal.models import Challenge, Solution

from .. import rules
from ..budget import totals
from ..known import Known, known_of, known_of_carried, latest_of
from ..models import (
    Application,
    ApplicationState,
    BudgetLine,
    DeclaredAid,
    EffectGoal,
    LinkedEnterprise,
)

ROWS: dict[str, type[models.Model]] = {
    "lines": BudgetLine,
    "goals": EffectGoal,
    "aid": DeclaredAid,
    "linked": LinkedEnterprise,
}
NUMBERED = ("lines", "goals")


@dataclass(frozen=True)
class Beginning:
    """What an application grows from."""

    stage: Stage | None = None
    solution: Solution | None = None
    challenge: Challenge | None = None
    pitch: Pitch | None = None
    text: str = ""
    title: str = ""
    key: UUID = field(default_factory=uuid4)


@transaction.atomic
def begin(
    user: User, call: Call, organisation: Organisation, beginning: Beginning | None = None, language: str = "da"
) -> Application:
    """Begin an application with all that is known already; the same key again gives the same application."""
    source = beginning or Beginning()
    require(rules.may_begin(user, call))
    require(rules.may_write_for(user, organisation))
    earlier = Application.objects.filter(draft_key=source.key, organisation=organisation).first()
    if earlier is not None:
        return earlier
    _check(call, organisation, source)
    known = known_of(organisation, call, source.solution, source.challenge, source.pitch, source.title, source.text)
    return _begun(user, call, organisation, source, known, language)


@transaction.atomic
def carry_over(
    user: User, earlier: Application, call: Call, stage: Stage | None = None, key: UUID | None = None
) -> Application:
    """Begin an application to another call with all that a refused or withdrawn one said."""
    require(rules.may_carry_over(user, earlier))
    require(rules.may_begin(user, call))
    source = Beginning(stage=stage, solution=earlier.solution, challenge=earlier.challenge, key=key or uuid4())
    begun = Application.objects.filter(draft_key=source.key, organisation=earlier.organisation_id).first()
    if begun is not None:
        return begun
    _check(call, earlier.organisation, source)
    made = _begun(user, call, earlier.organisation, source, known_of_carried(earlier, call), earlier.language)
    made.carried_from = earlier
    made.save(update_fields=["carried_from"])
    for stored in files_of(earlier):
        with stored.content.open() as content:
            content.name = stored.name
            keep_file(content, subject=made, by=user)
    return made


def _check(call: Call, organisation: Organisation, source: Beginning) -> None:
    """Refuse what does not belong together."""
    if source.stage is not None and source.stage.rules_id != call.rules_id:
        raise Refused(_("Choose one of the call's own stages."))
    if source.solution is not None and source.solution.organisation_id != organisation.pk:
        raise Refused(_("Choose one of the organisation's own solutions."))
    if source.pitch is not None and source.pitch.organisation_id != organisation.pk:
        raise Refused(_("Choose one of the organisation's own pitches."))
    if source.challenge is not None and source.challenge.municipality_id != call.pool.municipality_id:
        raise Refused(_("Choose one of the municipality's own challenges."))


def _begun(
    user: User, call: Call, organisation: Organisation, source: Beginning, known: Known, language: str
) -> Application:
    rules_of_call = PoolRules.objects.get(calls=call)
    stages = list(rules_of_call.stages.all())
    try:
        with transaction.atomic():
            made = Application.objects.create(
                call=call,
                rules=rules_of_call,
                stage=source.stage or (stages[0] if len(stages) == 1 else None),
                municipality=call.pool.municipality,
                organisation=organisation,
                solution=source.solution,
                challenge=source.challenge,
                contact=user,
                created_by=user,
                updated_by=user,
                language=language,
                draft_key=source.key,
                **known.fields,
            )
    except IntegrityError:
        return Application.objects.get(draft_key=source.key, organisation=organisation)
    _put(made, "goals", known.goals)
    _put(made, "lines", known.lines)
    aid, linked = latest_of(organisation)
    _put(made, "aid", aid)
    _put(made, "linked", linked)
    made.asked = totals(made.lines.all()).pool
    made.save(update_fields=["asked"])
    log_step(made, "begin", "", ApplicationState.DRAFT, by=user)
    return made


@transaction.atomic
def write(
    user: User,
    application: Application,
    fields: Mapping[str, Any],
    version: int,
    *,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    page_key: str = "",
    typing: bool = False,
) -> Application:
    """Save some fields, and all rows of the kinds in `rows` ("lines", "goals", "aid", "linked") in place of those there.

    A page that saved last itself does not stand in its own way; what it sent while she was `typing` never overtakes
    what she saved after it. Raises Conflict when somebody else has saved since `version`.
    """
    try:
        current = claim_version(application, version)
    except Conflict as conflict:
        if typing or not page_key or conflict.current.saved_from != page_key:
            raise
        current = claim_version(application, conflict.current.version)
    require(rules.may_change(user, current))
    for name, value in fields.items():
        setattr(current, name, value)
    for name, wanted in (rows or {}).items():
        _put(current, name, wanted)
    if rows and "lines" in rows:
        current.asked = totals(current.lines.all()).pool
    current.saved_from, current.updated, current.updated_by = page_key, clock.now(), user
    current.save()
    return current


def _put(application: Application, name: str, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Let the application have just these rows; those before the first that differs are left as they are."""
    model: Any = ROWS[name]
    kept = list(model.objects.filter(application=application).order_by("pk"))
    pairs = zip(kept, wanted, strict=False)
    alike = takewhile(lambda pair: all(getattr(pair[0], field) == value for field, value in pair[1].items()), pairs)
    same = len(list(alike))
    for row in kept[same:]:
        row.delete()
    for index, values in enumerate(wanted[same:], start=same + 1):
        numbered = {"number": index} if name in NUMBERED else {}
        model.objects.create(application=application, **numbered, **values)
