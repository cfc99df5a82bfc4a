"""What dialogues need to know of the kinds of listings, as the rooms above declare it.

register(MeetingKind("challenge", Challenge, contact="contact", wish="change", follow=follow_dialogue))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.registry import kind_named
from fyrtaarn.people.models import User

from .models import Meeting

Follow = Callable[[Meeting, str, Any], None]


@dataclass(frozen=True)
class MeetingKind:
    """One kind of listing: the model of its subjects, the field with the contact, and the one with the wished change.

    `follow(meeting, step, user)` is called after each step of a dialogue about it, in the same transaction.
    """

    key: str
    model: type[Model]
    contact: str = ""
    wish: str = ""
    follow: Follow | None = None


KINDS: dict[str, MeetingKind] = {}


def register(kind: MeetingKind) -> None:
    """Make a kind known; a kind without contact, wish or follower need not be registered."""
    KINDS[kind.key] = kind


def label_of(listing: Listing) -> str | Promise:
    """What kind of thing the listing is, in a word."""
    kind = kind_named(listing.kind)
    return kind.label if kind else listing.get_side_display()


def contact_of(listing: Listing) -> User | None:
    """The person whom the listing's owners named as its contact."""
    return _field_of(listing, "contact")  # type: ignore[no-any-return]


def wish_of(listing: Listing) -> str:
    """The change that is wished, in the owners' words; empty where the kind has no such words."""
    return _field_of(listing, "wish") or ""


def _field_of(listing: Listing, role: str) -> Any:
    kind = KINDS.get(listing.kind)
    field = kind and getattr(kind, role)
    if not field:
        return None
    if not hasattr(listing, "read_subject"):  # once for each listing that a page or an action has read
        rows = kind.model._default_manager.filter(pk=listing.subject_id)  # type: ignore[union-attr]
        joined = rows.select_related(kind.contact) if kind and kind.contact else rows
        listing.read_subject = joined.first()  # type: ignore[attr-defined]
    subject = listing.read_subject  # type: ignore[attr-defined]
    return subject and getattr(subject, field)


def has_as_contact(user: User, prefix: str) -> Q:
    """Condition on a listing, reached through `prefix` ("sought__"): the person is its contact."""
    condition = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.contact:
            subjects = kind.model._default_manager.filter(**{kind.contact: user}).order_by().values("pk")
            condition |= Q(**{f"{prefix}kind": kind.key, f"{prefix}subject_id__in": subjects})
    return condition


def follow_step(meeting: Meeting, step: str, user: Any) -> None:
    """Tell the rooms of both listings that a step was taken."""
    for listing in (meeting.sought, meeting.offered):
        kind = KINDS.get(listing.kind)
        if kind and kind.follow:
            kind.follow(meeting, step, user)
