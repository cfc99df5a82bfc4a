"""Calls: drafted, published with money set aside, extended, settled or called off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.listings.actions import publish as list_subject
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Call, Pool, RulesState
from ..states import CALL_STATES

CALL_FIELDS = ("title", "title_en", "text", "text_en", "opens", "closes", "answer_by", "set_aside")


@transaction.atomic
def draft_call(user: User, pool: Pool, fields: Mapping[str, Any]) -> Call:
    """Begin a call that only fund managers see yet."""
    held = hold(Pool.objects.all(), pool.pk)
    require(rules.may_manage(user, held))
    latest = held.calls.order_by("-number").first()
    return Call.objects.create(
        pool=held,
        number=latest.number + 1 if latest else 1,
        created_by=user,
        **{name: fields[name] for name in CALL_FIELDS},
    )


@transaction.atomic
def change_call(user: User, call: Call, fields: Mapping[str, Any], version: int) -> Call:
    """Save cleaned form values of a draft. Raises Conflict when overtaken."""
    current = claim_version(call, version)
    require(rules.may_change_call(user, current))
    for name in CALL_FIELDS:
        setattr(current, name, fields[name])
    current.save()
    return current


@transaction.atomic
def publish(user: User, call: Call) -> Call:
    """Publish a draft under the rules in force, with its money set aside. Raises NotEnough when less is free."""
    pool = hold(Pool.objects.all(), call.pool_id)
    in_force = pool.rules.filter(state=RulesState.IN_FORCE).first()
    if in_force is None:
        raise Refused(_("Bring rules into force first, so that everybody can read who may apply."))
    held = hold(Call.objects.all(), call.pk)
    require(rules.may_publish(user, held))
    held.rules = in_force
    held.save(update_fields=["rules"])
    return CALL_STATES.perform("publish", held, by=user)


@transaction.atomic
def extend(user: User, call: Call, closes: date, reason: str) -> Call:
    """Let one apply longer, and tell those who are writing. Raises Refused for an earlier day."""
    held = hold(Call.objects.all(), call.pk)
    require(rules.may_extend(user, held, closes))
    held.first_closes = held.first_closes or held.closes
    held.closes = closes
    held.save(update_fields=["first_closes", "closes"])
    log_step(held, "extend", held.state, held.state, by=user, reason=reason)
    list_subject(held.pool)
    notices.tell_extended(held, reason)
    return held


def settle(user: User, call: Call) -> Call:
    """All is decided: what is left of the money is free again."""
    return CALL_STATES.perform("settle", call, by=user)


def call_off(user: User, call: Call, reason: str) -> Call:
    """Call it off: its money is free again, and those who apply are told."""
    return CALL_STATES.perform("call_off", call, by=user, reason=reason)
