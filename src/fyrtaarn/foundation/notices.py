"""Notices: what people are told, in the product and by mail in the rhythm that each has chosen.

A room declares its kinds in its notices.py and tells from its actions:

    register(NoticeKind("portal.interest", _("Somebody is interested in your challenge"), _("Challenges")))
    tell("portal.interest", [contact], path=f"/min/dialoger/{meeting.pk}/", params={"challenge": challenge.title})

The words are in `templates/<room>/notices/<name>.txt`: the first line is the title, the rest the text.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, Func, QuerySet, TextField, Value
from django.template import Context, engines
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock
from .mail import NoticeMail, answerable, mail_notices, write_mail
from .models import Notice, NoticeChoice, OutgoingMail, Rhythm
from .sorting import danish_key

DIGEST_AT = time(7)
MONDAY = 0
CHOICES_PATH = "/min/profil/"


class Person(Protocol):
    """What a notice needs to know of the one who is told."""

    pk: int
    email: str
    language: str
    is_active: bool


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice: `key` is "room.name"; `rhythm` holds for those who have not chosen."""

    key: str
    label: str | Promise
    group: str | Promise
    rhythm: str = Rhythm.AT_ONCE

    @property
    def template(self) -> str:
        room, name = self.key.split(".")
        return f"{room}/notices/{name}.txt"


class Words(NamedTuple):
    """A notice in one language."""

    title: str
    text: str


@dataclass(frozen=True)
class Choice:
    """What one person has chosen for one kind."""

    kind: NoticeKind
    rhythm: str


KINDS: dict[str, NoticeKind] = {}
LEAVINGS: list[Callable[[Any], date | None]] = []
"""Each says on which day a person last left something that she was told for, None if never."""


def register(kind: NoticeKind) -> None:
    """Make a kind known. Raises ValueError when two rooms use the same key."""
    if kind.key in KINDS and KINDS[kind.key] != kind:
        raise ValueError(f"two kinds of notice are called {kind.key}")
    KINDS[kind.key] = kind


def tell(
    key: str,
    recipients: Iterable[Any],
    *,
    path: str,
    params: Mapping[str, Any] | None = None,
    once: str | None = None,
    thread: str = "",
) -> list[Notice]:
    """Tell each of the recipients (users; those without an active account are passed over) in the caller's transaction.

    `path` is the page on this site that the notice leads to. `params` (JSON-able) fill the template. With `once`
    nobody is told twice of the same kind and `once`. What is answered to the mail about it lands in the `thread`
    ("dialogue-17"), if there is one. Returns the new notices. Raises KeyError for an unknown kind,
    ValueError for a path elsewhere, RuntimeError outside a transaction.
    """
    kind = KINDS[key]
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError(f"{path} is not a page of this site")
    if not connection.in_atomic_block:
        raise RuntimeError("notices are written in the transaction that causes them")
    people: dict[int, Person] = {person.pk: person for person in recipients if person.is_active}
    notices, rhythms = _write(kind, people, path, dict(params or {}), once)
    _mail_at_once([n for n in notices if rhythms[n.recipient_id] == Rhythm.AT_ONCE], people, thread)
    return notices


def _write(
    kind: NoticeKind, people: Iterable[int], path: str, params: dict[str, Any], once: str | None
) -> tuple[list[Notice], dict[int, str]]:
    """Write what those who have not been told yet are told, and give each one's rhythm.

    It is an errand of the database, because nobody sees what another is told.
    """
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT notice, person, rhythm FROM errand.tell(%s, %s, %s, %s, %s, %s::jsonb, %s)",
            [kind.key, once, kind.rhythm, list(people), path, json.dumps(params), moment],
        )
        told = cursor.fetchall()
    rhythms = {person: rhythm for _notice, person, rhythm in told}
    notices = [
        Notice(
            pk=pk,
            recipient_id=person,
            kind=kind.key,
            params=params,
            path=path,
            once=once,
            created=moment,
            mail_due=rhythm in (Rhythm.DAILY, Rhythm.WEEKLY),
        )
        for pk, person, rhythm in told
    ]
    return notices, rhythms


def _mail_at_once(notices: list[Notice], people: Mapping[int, Person], thread: str) -> None:
    mails = []
    for notice in notices:
        person = people[notice.recipient_id]
        with translation.override(person.language):
            words = words_of(notice)
            text = "\n\n".join(part for part in (words.text, address(notice.path), _footer()) if part)
            text = answerable(text, thread)
        mails.append(NoticeMail(notice.pk, person.email, words.title, text, thread))
    mail_notices(mails)


def words_of(notice: Notice) -> Words:
    """The notice in the active language."""
    template = engines["django"].get_template(KINDS[notice.kind].template)
    plain = Context(notice.params, autoescape=False)  # plain text: pages escape it where they show it
    title, _newline, text = template.template.render(plain).strip().partition("\n")  # type: ignore[attr-defined]
    return Words(title.strip(), text.strip())


def address(path: str) -> str:
    """The whole address of a page, for use outside the product."""
    return f"{settings.PUBLIC_URL}{path}"


def _footer() -> str:
    choices = address(CHOICES_PATH)
    return "--\n" + _("You choose which mails you get, and how often, on your profile: %(address)s") % {
        "address": choices
    }


def write_digests() -> int:
    """Write one mail to each person for whom notices wait; returns how many.

    Daily notices wait until seven in the morning in Copenhagen, weekly ones until seven on Monday. Run as often as
    you like: each person gets at most one digest a day, and one that was missed is made up for. What somebody was told
    up to the day on which she left a role or a team is not mailed any more, for it may be of what is no longer hers.
    """
    moment = clock.now()
    due_before = {Rhythm.DAILY: latest_digest(moment), Rhythm.WEEKLY: latest_digest(moment, weekday=MONDAY)}
    waiting = Notice.objects.filter(mail_due=True, created__lt=due_before[Rhythm.DAILY])
    told = waiting.order_by().values("recipient")
    people = get_user_model()._default_manager.filter(pk__in=told, is_active=True).order_by("pk")
    return sum(_write_digest(person, due_before) for person in people)


def latest_digest(moment: datetime, weekday: int | None = None) -> datetime:
    """The latest seven o'clock in Copenhagen at or before `moment`, on that weekday if one is given (Monday is 0)."""
    local = moment.astimezone(clock.COPENHAGEN)
    day = local.date() if local.time() >= DIGEST_AT else local.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    return datetime.combine(day, DIGEST_AT, clock.COPENHAGEN)


@transaction.atomic
def _write_digest(person: Any, due_before: Mapping[Rhythm, datetime]) -> bool:
    waiting = Notice.objects.select_for_update(no_key=True).filter(recipient=person, mail_due=True).order_by("pk")
    rhythms = {choice.kind.key: choice.rhythm for choice in choices_of(person)}
    left = max(filter(None, (leaving(person) for leaving in LEAVINGS)), default=date.min)
    notices = []
    for notice in waiting:
        rhythm = rhythms.get(notice.kind, Rhythm.NONE)
        was_told_before = notice.created.astimezone(clock.COPENHAGEN).date() <= left
        if rhythm == Rhythm.NONE or was_told_before:
            notice.mail_due = False
            notice.save(update_fields=["mail_due"])
        elif notice.created < due_before[Rhythm.WEEKLY if rhythm == Rhythm.WEEKLY else Rhythm.DAILY]:
            notices.append(notice)
    key = f"digest-{person.pk}-{due_before[Rhythm.DAILY]:%Y-%m-%d}"
    if not notices or OutgoingMail.objects.filter(key=key).exists():
        return False
    with translation.override(person.language):
        mail = write_mail(key=key, recipient=person.email, subject=_digest_title(notices), text=_digest_text(notices))
    Notice.objects.filter(pk__in=[n.pk for n in notices]).update(mail_id=mail, mail_due=False)
    return True


def _digest_title(notices: list[Notice]) -> str:
    count = len(notices)
    return ngettext("%(count)d notice from Fyrtårn", "%(count)d notices from Fyrtårn", count) % {"count": count}


def _group(notice: Notice) -> str:
    return str(KINDS[notice.kind].group)


def _digest_text(notices: list[Notice]) -> str:
    parts = []
    in_order = sorted(notices, key=lambda n: (danish_key(_group(n)), n.created, n.pk))
    for group, members in groupby(in_order, key=_group):
        parts.append(group.upper())
        for notice in members:
            words = words_of(notice)
            parts.append("\n".join(line for line in (words.title, words.text, address(notice.path)) if line))
    return "\n\n".join([*parts, _footer()])


def choices_of(user: Any) -> list[Choice]:
    """The person's rhythm for every kind, in the order of groups as registered."""
    chosen = dict(NoticeChoice.objects.filter(user=user).values_list("kind", "rhythm"))
    return [Choice(kind, chosen.get(kind.key, kind.rhythm)) for kind in KINDS.values()]


@transaction.atomic
def choose(user: Any, key: str, rhythm: str) -> None:
    """Set the person's rhythm for one kind; it also holds for what waits. Raises KeyError or ValueError if unknown."""
    NoticeChoice.objects.update_or_create(user=user, kind=KINDS[key].key, defaults={"rhythm": Rhythm(rhythm)})


def notices_of(user: Any) -> QuerySet[Notice]:
    """The person's notices of kinds that are still in use, newest first."""
    return Notice.objects.filter(recipient=user, kind__in=KINDS)


def unread_count(user: Any) -> int:
    """How many notices the person has not read; 0 for a visitor. Read with the person of a request, else with one query."""
    read: int | None = getattr(user, "read_unread_notices", None)
    if read is not None or not user.is_authenticated:
        return read or 0
    return notices_of(user).filter(read=None).count()


def count_unread(person: F) -> Func:
    """The same as an expression beside the row of a person; an errand, as her reading has not begun when she is read."""
    kinds = Value(list(KINDS), ArrayField(TextField()))
    return Func(person, kinds, function="errand.count_unread", output_field=BigIntegerField())


@transaction.atomic
def mark_read(notices: QuerySet[Notice]) -> int:
    """Note that the notices have been read; what has been read is not mailed any more. Returns how many."""
    unread = notices.filter(read=None).select_for_update(no_key=True).order_by("pk")  # as the digest holds them
    return Notice.objects.filter(pk__in=[notice.pk for notice in unread.only("pk")]).update(
        read=clock.now(), mail_due=False
    )
