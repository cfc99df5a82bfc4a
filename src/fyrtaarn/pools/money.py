"""What pools post in their books. Texts of entries are Danish: the books are the municipality's own."""

from datetime import date

from fyrtaarn.foundation import clock
from fyrtaarn.ledger import actions as ledger
from fyrtaarn.ledger import movements
from fyrtaarn.ledger.models import Entry, Reason
from fyrtaarn.ledger.queries import balance_of
from fyrtaarn.people.models import User

from .giving import Sharing
from .models import Call, ClosedYear, Contribution, ContributionPart, Contributor, LeftoverShare


def set_aside(call: Call, by: User) -> None:
    """Keep free money for the call. Raises NotEnough when less is free."""
    book = call.pool.book
    ledger.open_round(book, call.key, call.title)
    if call.set_aside:
        lines = movements.set_aside(call.key, call.set_aside)
        ledger.post(book, lines, reason=Reason.SET_ASIDE, text=f"Afsat til »{call.title}«", by=by)


def release(call: Call, by: User) -> None:
    """Let what the call has not granted be free again."""
    book = call.pool.book
    left = balance_of(book, movements.round_(call.key))
    if left:
        lines = movements.released(call.key, left)
        ledger.post(book, lines, reason=Reason.RELEASED, text=f"Tilbage fra »{call.title}«", by=by)


def open_accounts(contributor: Contributor) -> None:
    ledger.open_contributor(contributor.pool.book, contributor.key, str(contributor))


def pledge(contributor: Contributor, year: int, oere: int, document: str, by: User, on: date | None = None) -> Entry:
    """What is decided is owed to the pool."""
    return ledger.post(
        contributor.pool.book,
        movements.contribution_decided(contributor.key, oere),
        reason=Reason.CONTRIBUTION_DECIDED,
        text=f"Bidrag {year}: {contributor}",
        document=document,
        by=by,
        day=on,
    )


def take_back_pledge(contribution: Contribution, why: str, by: User) -> None:
    ledger.reverse(contribution.entry, why=why, by=by)


def receive(part: ContributionPart, document: str, by: User, on: date | None = None) -> Entry:
    """A quarter has come in: it is free to grant."""
    contribution = part.contribution
    return ledger.post(
        contribution.contributor.pool.book,
        movements.contribution_paid(contribution.contributor.key, part.oere),
        reason=Reason.CONTRIBUTION_PAID,
        text=f"Bidrag {contribution.year}, {part.quarter}. kvartal: {contribution.contributor}",
        document=document,
        by=by,
        day=on,
    )


def take_back_receipt(part: ContributionPart, why: str, by: User) -> None:
    """It has not come after all. Raises NotEnough when the money has been promised to others."""
    if part.entry is not None:
        ledger.reverse(part.entry, why=why, by=by)


def drop(contributor: Contributor, oere: int, why: str, by: User) -> None:
    """What is decided and not paid will not come."""
    lines = movements.contribution_dropped(contributor.key, oere)
    ledger.post(contributor.pool.book, lines, reason=Reason.CONTRIBUTION_DROPPED, text=why, by=by)


def owe_leftover(closed: ClosedYear, sharing: Sharing, by: User) -> None:
    """What is left of a year is owed to those who gave it."""
    lines = movements.leftover_owed({key: share.amount for key, share in sharing.shares.items()})
    text = f"Overskud {closed.year} tilbage til dem, der gav det"
    ledger.post(closed.pool.book, lines, reason=Reason.LEFTOVER_OWED, text=text, by=by)


def pay_leftover(share: LeftoverShare, document: str, by: User) -> None:
    """A contributor has got its part back."""
    ledger.post(
        share.closed_year.pool.book,
        movements.leftover_paid(share.contributor.key, share.oere),
        reason=Reason.LEFTOVER_PAID,
        text=f"Overskud {share.closed_year.year} betalt tilbage: {share.contributor}, {clock.today():%d.%m.%Y}",
        document=document,
        by=by,
    )
