"""Making a pool, and saying who does what for it."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.ledger.actions import open_book
from fyrtaarn.listings.actions import publish as list_subject
from fyrtaarn.people.models import User

from .. import rules
from ..models import Pool, PoolDuty
from ..states import POOL_STATES

POOL_FIELDS = ("name", "name_en", "purpose", "purpose_en", "kind", "leftover", "due_day", "two_from")
LONGEST_WORD = 40
TAKEN = ("ny",)
"""What stands at the place of a pool's word in other addresses."""


@transaction.atomic
def make_pool(user: User, municipality: Municipality, fields: Mapping[str, Any], *, example: bool = False) -> Pool:
    """A pool that only fund managers see yet, and its book."""
    require(rules.may_make(user, municipality))
    hold(Municipality.objects.all(), municipality.pk)  # so that two of one name get two addresses
    pool = Pool.objects.create(
        municipality=municipality,
        book=open_book(municipality, fields["name"]),
        slug=_free_word(municipality, fields["name"]),
        example=example,
        created_by=user,
        **{name: fields[name] for name in POOL_FIELDS},
    )
    log_step(pool, "make", "", pool.state, by=user)
    return pool


def _free_word(municipality: Municipality, name: str) -> str:
    word = danish_slug(name)[:LONGEST_WORD].strip("-")
    taken = {
        *TAKEN,
        *Pool.objects.filter(municipality=municipality, slug__startswith=word).values_list("slug", flat=True),
    }
    return next(each for number in count(1) if (each := word if number == 1 else f"{word}-{number}") not in taken)


@transaction.atomic
def change_pool(user: User, pool: Pool, fields: Mapping[str, Any], version: int) -> Pool:
    """Save cleaned form values; who feeds it stays once somebody does. Raises Conflict when overtaken."""
    current = claim_version(pool, version)
    require(rules.may_manage(user, current))
    if fields["kind"] != current.kind and current.contributors.exists():
        raise Refused(_("Somebody feeds the pool already, so who feeds it cannot be changed."))
    for name in POOL_FIELDS:
        setattr(current, name, fields[name])
    current.save()
    list_subject(current)
    return current


def open_pool(user: User, pool: Pool) -> Pool:
    """Show it to everybody. Raises Refused without rules in force."""
    return POOL_STATES.perform("open", pool, by=user)


def close_pool(user: User, pool: Pool) -> Pool:
    """Publish no more calls in it. Raises Refused while one is open."""
    return POOL_STATES.perform("close", pool, by=user)


@transaction.atomic
def give_duty(user: User, pool: Pool, person: User, duty: str, starts: date) -> PoolDuty:
    """Let somebody assess or decide for the pool from a day on."""
    held = hold(Pool.objects.all(), pool.pk)
    require(rules.may_manage(user, held))
    require(rules.may_have_duty(person, held))
    if held.duties.filter(user=person, duty=duty, ends=None).exists():
        raise Refused(_("She has this duty already."))
    return PoolDuty.objects.create(pool=held, user=person, duty=duty, starts=starts)


@transaction.atomic
def end_duty(user: User, duty: PoolDuty, ends: date) -> PoolDuty:
    """Let a duty end on a day: the first on which she has it no more."""
    held = hold(PoolDuty.objects.all(), duty.pk)
    require(rules.may_manage(user, held.pool))
    if ends < held.starts:
        raise Refused(_("A duty cannot end before it begins."))
    held.ends = ends
    held.save(update_fields=["ends"])
    return held
