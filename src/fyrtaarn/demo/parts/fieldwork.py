"""Offers of fieldwork with their periods, and stays in all states."""

from collections.abc import Mapping
from datetime import timedelta

from fyrtaarn.fieldwork.models import (
    FieldworkOffer,
    FieldworkPeriod,
    FieldworkPlace,
    Learned,
    SignedDeclaration,
    Stay,
    StaySide,
)
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import rows
from ..story import step
from .organisations import owners

OFFER_FIELDS = ("kind", "institution", "address", "title", "text", "rules", "declaration", "state")


def load(book: Book) -> None:
    words, owner = Words.read(), owners()
    new = book.new("fieldwork", rows("fieldwork"))
    book.write("fieldwork", {row["key"]: offer(row, book, words, owner) for row in new})


def offer(row: Row, book: Book, words: Words, owner: Mapping[int, int]) -> FieldworkOffer:
    """One offer with all that belongs to it."""
    host, made = book.pk("person", row["host"]), moment(row["days_ago"], row["key"])
    found = FieldworkOffer.objects.create(
        department=words.departments[row["municipality"], row["department"]],
        created_by_id=host,
        created=made,
        **{name: row[name] for name in OFFER_FIELDS},
    )
    lines = [step(found, "draft", "", "draft", by=host, at=made)]
    if row["state"] == "open":
        lines.append(step(found, "open", "draft", "open", by=host, at=moment(row["days_ago"], row["key"], turn=1)))
    for one in row["periods"]:
        lines += period(found, one, host, book, owner)
    Step.objects.bulk_create(lines)
    return found


def period(offered: FieldworkOffer, row: Row, host: int, book: Book, owner: Mapping[int, int]) -> list[Step]:
    """One period with its places and stays; gives the steps of these."""
    starts = clock.today() + timedelta(days=row["in_days"])
    ends = starts + timedelta(days=row["days"])
    found = FieldworkPeriod.objects.create(offer=offered, starts=starts, ends=ends, hours=row["hours"])
    places = FieldworkPlace.objects.bulk_create(
        FieldworkPlace(period=found, number=number) for number in range(1, row["places"] + 1)
    )
    free, lines = iter(places), []
    for turn, one in enumerate(row["stays"]):
        organisation = Organisation.objects.get(pk=book.pk("organisation", one["organisation"]))
        guest = User.objects.get(pk=owner[organisation.pk])
        place = next(free) if one["state"] == "agreed" else None
        lines += stay(found, place, organisation, guest, one, host, turn)
    return lines


def stay(
    period: FieldworkPeriod,
    place: FieldworkPlace | None,
    organisation: Organisation,
    guest: User,
    row: Row,
    host: int,
    turn: int,
) -> list[Step]:
    """One application and what has come of it; gives its steps."""
    key = f"{period.offer_id} {row['organisation']}"
    days = max(3, (clock.today() - period.starts).days + 20)
    asked, answered = moment(days, key, turn=turn), moment(days - 2, key, turn=turn + 2)
    decided = row["state"] != "applied"
    found = Stay.objects.create(
        period=period,
        organisation=organisation,
        guest=guest,
        purpose=row["purpose"],
        state=row["state"],
        place=place,
        created=asked,
        decided=answered if decided else None,
        reason=row["reason"],
        attended=row.get("came"),
    )
    lines = [step(found, "apply", "", "applied", by=guest.pk, at=asked)]
    if decided:
        lines.append(step(found, "accept", "applied", row["state"], by=host, at=answered, reason=row["reason"]))
    if "signed" in row:
        signed = moment(days - 4, key, turn=turn)
        SignedDeclaration.objects.create(
            stay=found,
            text=period.offer.declaration,
            offer_version=period.offer.version,
            name=guest.name,
            by=guest,
            at=signed,
        )
        lines.append(step(found, "sign", "agreed", "agreed", by=guest.pk, at=signed))
    over = max(0, (clock.today() - period.ends).days)
    if "came" in row:
        name = "came" if row["came"] else "stayed away"
        lines.append(step(found, name, "agreed", "agreed", by=host, at=moment(over, key)))
    for side, (text, public) in row.get("learned", {}).items():
        is_host = side == StaySide.HOST
        Learned.objects.create(
            stay=found,
            offer=period.offer,
            side=side,
            who=period.offer.institution if is_host else str(organisation),
            text=text,
            wording=1,
            host_agrees=public or is_host,
            guest_agrees=public or not is_host,
            by_id=host if is_host else guest.pk,
            at=moment(max(0, over - 3), key),
        )
    return lines
