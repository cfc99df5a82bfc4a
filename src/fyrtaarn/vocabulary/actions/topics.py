"""Themes and target groups: added, renamed, and removed while nothing uses them."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.queries import in_use
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User
from fyrtaarn.topics.models import TargetGroup, Theme

from ..rules import may_edit
from .editing import locked_draft

T = TypeVar("T", Theme, TargetGroup)

when_target_groups_change: list[Callable[[], object]] = []
"""What other rooms do when a target group is called something else: its name is among the words of what it is on."""


@transaction.atomic
def add_topic(model: type[T], values: dict[str, Any], *, by: User) -> T:
    """Add a theme or target group; its slug is made from its Danish name. Raises Refused."""
    require(may_edit(by))
    locked_draft()  # two of one name get two slugs
    wanted = danish_slug(values["name"])[:40]
    taken = set(model._default_manager.filter(slug__startswith=wanted).order_by().values_list("slug", flat=True))
    slug = next(s for n in range(1, len(taken) + 2) if (s := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    added: T = model._default_manager.create(slug=slug, **values)
    log_step(added, "add", "", "", by=by)
    return added


@transaction.atomic
def change_topic(topic: T, values: dict[str, Any], *, version: int, by: User) -> T:
    """Set names and descriptions; `version` is the one that the person saw. Raises Refused, Conflict."""
    require(may_edit(by))
    locked: T = claim_version(topic, version)
    renamed = locked.name != values["name"]
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save()
    log_step(locked, "change", "", "", by=by)
    if renamed and isinstance(locked, TargetGroup):
        for follow in when_target_groups_change:
            follow()
    return locked


@transaction.atomic
def remove_topic(topic: Theme | TargetGroup, *, by: User) -> None:
    """Remove a theme or target group that nothing uses. Raises Refused."""
    require(may_edit(by))
    locked = hold(type(topic)._default_manager.all(), topic.pk)
    if in_use(locked):
        raise Refused(_("It is in use, so it cannot be removed. You can change its name."))
    log_step(locked, "remove", "", "", by=by)
    locked.delete()
