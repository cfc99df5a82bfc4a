"""A municipality's dated register of what it has about one party: documents and facts, with their files."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Q
from django.template import loader
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.exports import BYTE_ORDER_MARK, plain_text
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.meetings.models import Meeting, Message
from fyrtaarn.organisations.models import Claim, Organisation, Verification
from fyrtaarn.people.models import Invitation, Role, User
from fyrtaarn.portal.models import Challenge

from .models import Register

TABLE, PAGE, FILES = "register.csv", "register.html", "filer"


@dataclass(frozen=True)
class Entry:
    """One document or fact of a matter, as of a moment."""

    at: datetime
    matter: str
    what: str
    text: str
    by: str
    files: tuple[StoredFile, ...] = ()


def entries_about(municipality: Municipality, person: User | None, organisation: Organisation | None) -> list[Entry]:
    """Everything about the party in the municipality's matters, oldest first."""
    if person is not None:
        parts: list[Iterable[Entry]] = [
            _dialogues(_meetings_of(municipality, person)),
            _agreements(_agreements_of(municipality, person)),
            _claims(Claim.objects.filter(organisation__home=municipality, user=person)),
            _roles(municipality, person),
            _challenges(municipality, person),
        ]
    else:
        parts = [
            _dialogues(Meeting.objects.filter(municipality=municipality, organisation=organisation)),
            _agreements(Agreement.objects.filter(municipality=municipality, parties__organisation=organisation)),
            _claims(Claim.objects.filter(organisation=organisation, organisation__home=municipality)),
            _verifications(Verification.objects.filter(organisation=organisation, municipality=municipality)),
        ]
    return sorted((entry for part in parts for entry in part), key=attrgetter("at"))


def write_register(into: IO[bytes], register: Register) -> None:
    """Write the archive, in the active language: the register as a table and as a page, and the files."""
    entries = entries_about(register.municipality, register.person, register.organisation)
    rows = [
        (number, entry, [f"{FILES}/{stored.pk}-{PurePosixPath(stored.name).name}" for stored in entry.files])
        for number, entry in enumerate(entries, 1)
    ]
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        archive.writestr(TABLE, _table(rows))
        context = {"register": register, "rows": rows, "made": clock.now()}
        archive.writestr(PAGE, loader.render_to_string("privacy/register.html", context))
        for _number, entry, names in rows:
            for stored, name in zip(entry.files, names, strict=True):
                with stored.content.open("rb") as content:
                    archive.writestr(name, content.read())


def _table(rows: list[tuple[int, Entry, list[str]]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Number"), _("Date"), _("Matter"), _("What"), _("Text"), _("By"), _("Files")])
    for number, entry, names in rows:
        words = [entry.matter, entry.what, entry.text, entry.by, ", ".join(names)]
        moment = f"{entry.at.astimezone(clock.COPENHAGEN):%Y-%m-%d %H:%M}"
        writer.writerow([number, moment, *(plain_text(str(word)) for word in words)])
    return BYTE_ORDER_MARK + lines.getvalue()


def _meetings_of(municipality: Municipality, person: User) -> Iterable[Meeting]:
    hers = Q(opener=person) | Q(messages__author=person)
    return Meeting.objects.filter(hers, municipality=municipality).distinct()


def _agreements_of(municipality: Municipality, person: User) -> Iterable[Agreement]:
    hers = Q(created_by=person) | Q(parties__contact=person) | Q(wordings__proposed_by=person) | Q(updates__by=person)
    return Agreement.objects.filter(hers, municipality=municipality).distinct()


def _dialogues(meetings: Iterable[Meeting]) -> Iterator[Entry]:
    numbers = [meeting.pk for meeting in meetings]
    messages = list(
        Message.objects.filter(meeting__in=numbers)
        .select_related("author", "meeting__sought", "meeting__offered")
        .order_by("created", "pk")
    )
    files = files_of_each(messages)
    for message in messages:
        matter = _("Dialogue %(number)s: %(sought)s and %(offered)s") % {
            "number": message.meeting_id, "sought": message.meeting.sought.title, "offered": message.meeting.offered.title,
        }  # fmt: skip
        what = message.get_occasion_display() or _("Message")
        yield Entry(message.created, matter, what, message.text, str(message.author), tuple(files[message.pk]))


def _agreements(agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in Agreement.objects.filter(pk__in=[one.pk for one in agreements]).select_related("created_by"):
        matter = _("Agreement %(number)s: %(title)s") % {"number": agreement.pk, "title": agreement.title}
        yield Entry(agreement.created, matter, _("Begun"), agreement.goal, str(agreement.created_by))
        for wording in agreement.wordings.select_related("proposed_by", "settled_by"):
            words = "\n".join(part for part in (wording.goal, wording.promised_effect, wording.reason) if part)
            yield Entry(
                wording.proposed,
                matter,
                _("Terms %(number)s") % {"number": wording.number},
                words,
                str(wording.proposed_by),
            )
            if wording.settled:
                by = str(wording.settled_by or "")
                yield Entry(wording.settled, matter, wording.get_state_display(), wording.refusal, by)
        for update in agreement.updates.select_related("by"):
            yield Entry(update.created, matter, update.get_course_display(), update.text, str(update.by))
        for review in agreement.reviews.exclude(held=None).select_related("held_by"):
            yield Entry(_at(review.held), matter, _("Review"), review.note, str(review.held_by))


def _claims(claims: Iterable[Claim]) -> Iterator[Entry]:
    for claim in Claim.objects.filter(pk__in=[one.pk for one in claims]).select_related("organisation", "user"):
        matter = _("Request for %(organisation)s") % {"organisation": claim.organisation.name}
        yield Entry(claim.created, matter, claim.get_state_display(), claim.ground, str(claim.user))


def _verifications(verifications: Iterable[Verification]) -> Iterator[Entry]:
    for one in Verification.objects.filter(pk__in=[v.pk for v in verifications]).select_related("verified_by"):
        what = _("Valid until %(day)s") % {"day": date_format(one.valid_to)}
        yield Entry(_at(one.verified), _("Verification"), what, one.note, str(one.verified_by))


def _roles(municipality: Municipality, person: User) -> Iterator[Entry]:
    for role in Role.objects.filter(municipality=municipality, user=person):
        until = _("until %(day)s") % {"day": date_format(role.ends)} if role.ends else ""
        yield Entry(_at(role.starts), _("Role"), role.get_kind_display(), until, "")
    for letter in Invitation.objects.filter(municipality=municipality, email__iexact=person.email).select_related(
        "invited_by"
    ):
        yield Entry(
            letter.created, _("Invitation"), letter.get_kind_display(), str(letter.state.label), str(letter.invited_by)
        )


def _challenges(municipality: Municipality, person: User) -> Iterator[Entry]:
    hers = Q(contact=person) | Q(created_by=person)
    for challenge in Challenge.objects.filter(hers, municipality=municipality):
        yield Entry(challenge.created, _("Challenge"), challenge.get_state_display(), challenge.title, "")


def _at(day: date | None) -> datetime:
    return datetime.combine(day or date.min, time(), clock.COPENHAGEN)
