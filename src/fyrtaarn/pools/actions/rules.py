"""A pool's rules in versions: drafted from those in force, changed, brought into force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import rules
from ..models import Criterion, Pool, PoolRules, RulesState, Stage
from ..states import RULES_STATES

RULES_FIELDS = (
    "kinds", "only_home", "cvr_needed", "least", "most", "own_share", "wages_allowed", "future_economy", "aid_regime",
    "assessors", "guidance", "guidance_en",
)  # fmt: skip
FIRST_LEAST, FIRST_MOST = 1_000_000, 20_000_000
"""What a pool's first draft begins with: from 10,000 to 200,000 kroner."""


@transaction.atomic
def draft_rules(user: User, pool: Pool) -> PoolRules:
    """Begin the next version with what holds now. Raises Refused when a draft is there already."""
    held = hold(Pool.objects.all(), pool.pk)
    require(rules.may_manage(user, held))
    if held.rules.filter(state=RulesState.DRAFT).exists():
        raise Refused(_("There is a draft already. Go on with it."))
    latest = held.rules.order_by("-number").first()
    said: dict[str, Any] = {"least": FIRST_LEAST, "most": FIRST_MOST}
    if latest is not None:
        said = {name: getattr(latest, name) for name in RULES_FIELDS}
    number = latest.number + 1 if latest else 1
    draft = PoolRules.objects.create(pool=held, number=number, created_by=user, **said)
    if latest is not None:
        _write(draft, *([model_to_dict(row) for row in rows.all()] for rows in (latest.criteria, latest.stages)))
    return draft


@transaction.atomic
def change_rules(
    user: User,
    draft: PoolRules,
    fields: Mapping[str, Any],
    criteria: Sequence[Mapping[str, Any]],
    stages: Sequence[Mapping[str, Any]],
    version: int,
) -> PoolRules:
    """Save cleaned form values, criteria and stages in their order. Raises Conflict when overtaken."""
    current = claim_version(draft, version)
    require(rules.may_change_rules(user, current))
    for name in RULES_FIELDS:
        setattr(current, name, fields[name])
    current.save()
    _write(current, criteria, stages)
    return current


def _write(draft: PoolRules, criteria: Sequence[Mapping[str, Any]], stages: Sequence[Mapping[str, Any]]) -> None:
    """The rows anew: nothing points to those of a draft."""
    draft.criteria.all().delete()
    draft.stages.all().delete()
    tables: tuple[tuple[type[Any], Sequence[Mapping[str, Any]]], ...] = ((Criterion, criteria), (Stage, stages))
    for model, rows in tables:
        names = [field.name for field in model._meta.fields if field.name not in ("id", "rules", "number")]
        model._default_manager.bulk_create(
            model(rules=draft, number=number, **{name: row[name] for name in names})
            for number, row in enumerate(rows, 1)
        )


@transaction.atomic
def bring_into_force(user: User, draft: PoolRules) -> PoolRules:
    """Let a draft replace what is in force; calls and applications keep the version that they were made under."""
    pool = hold(Pool.objects.all(), draft.pool_id)
    for earlier in pool.rules.filter(state=RulesState.IN_FORCE):
        RULES_STATES.perform("replace", earlier, by=user)
    return RULES_STATES.perform("bring_into_force", draft, by=user)


@transaction.atomic
def discard(user: User, draft: PoolRules) -> None:
    """Throw a draft away."""
    held = hold(PoolRules.objects.all(), draft.pk)
    require(rules.may_change_rules(user, held))
    held.delete()
