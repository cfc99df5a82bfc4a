"""What a community manager does with her own notes, and with what the search suggests."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.listings.models import Listing
from fyrtaarn.people.models import User

from .. import rules
from ..models import Note, SetAside

FIELDS = ("title", "email", "phone", "text", "follow_up")


@transaction.atomic
def write_note(user: User, district: District, draft_key: UUID, told: Mapping[str, Any]) -> Note:
    """Keep a note; the same `draft_key` twice (a double click) gives the same note. Raises Refused."""
    require(rules.may_work_on(user, district))
    fields = {name: told[name] for name in FIELDS}
    note, _new = Note.objects.get_or_create(
        draft_key=draft_key, author=user, defaults={"district": district, **fields}
    )  # fmt: skip
    return note


@transaction.atomic
def change_note(user: User, note: Note, told: Mapping[str, Any], version: int) -> Note:
    """Write it anew. Raises Conflict when it was saved since `version`, in another window."""
    require(rules.may_keep(user, note))
    current = claim_version(note, version)
    for name in FIELDS:
        setattr(current, name, told[name])
    current.changed = clock.now()
    current.save(update_fields=[*FIELDS, "changed", "version"])
    return current


@transaction.atomic
def settle_note(user: User, note: Note) -> Note:
    """Have done what one wanted to be reminded of; the note stays."""
    require(rules.may_keep(user, note))
    current = hold(Note.objects.all(), note.pk)
    current.follow_up, current.changed = None, clock.now()
    current.version += 1
    current.save(update_fields=["follow_up", "changed", "version"])
    return current


@transaction.atomic
def delete_note(user: User, note: Note) -> None:
    """Delete a note for good."""
    require(rules.may_keep(user, note))
    hold(Note.objects.all(), note.pk).delete()


@transaction.atomic
def set_aside(user: User, district: District, sought: Listing, offered: Listing) -> SetAside:
    """Suggest the two no longer; twice is once. Raises Refused."""
    require(rules.may_work_on(user, district))
    return SetAside.objects.get_or_create(
        district=district, sought=sought, offered=offered, defaults={"by": user}
    )[0]  # fmt: skip


@transaction.atomic
def bring_back(user: User, pair: SetAside) -> None:
    """Suggest the two again. Raises Refused."""
    require(rules.may_work_on(user, pair.district))
    hold(SetAside.objects.all(), pair.pk).delete()
