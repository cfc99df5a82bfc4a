"""Closing a year of a pool, and paying back what is left."""

from datetime import date

from django.db import transaction

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.ledger.actions import close_through
from fyrtaarn.ledger.models import Book
from fyrtaarn.people.models import User

from .. import money, notices, rules
from ..models import ClosedYear, Contributor, Leftover, LeftoverShare, Pool
from ..queries import year_end


@transaction.atomic
def close_year(user: User, pool: Pool, year: int) -> ClosedYear:
    """Close the books of a year that is over; by the pool's rule what is left is owed to those who gave it."""
    held = hold(Pool.objects.all(), pool.pk)
    require(rules.may_close_year(user, held, year))
    hold(Book.objects.all(), held.book_id)  # nobody pays or grants while it is counted
    end = year_end(held, year)
    closed = ClosedYear.objects.create(
        pool=held,
        year=year,
        free=end.least,
        leftover=held.leftover,
        returned=end.sharing.returned if held.leftover == Leftover.RETURNED else 0,
        closed_by=user,
    )
    if closed.returned:
        money.owe_leftover(closed, end.sharing, user)
        givers = {giver.key: giver for giver in Contributor.objects.filter(pool=held).order_by("pk")}
        LeftoverShare.objects.bulk_create(
            LeftoverShare(
                closed_year=closed,
                contributor=givers[key],
                given=end.sharing.given[key],
                oere=share.amount,
                extra=share.extra,
            )
            for key, share in end.sharing.shares.items()
            if share.amount
        )
    close_through(held.book, date(year, 12, 31), user)
    notices.tell_closed(closed)
    return closed


@transaction.atomic
def note_returned(user: User, share: LeftoverShare, document: str) -> LeftoverShare:
    """A contributor has got its part back today."""
    held = hold(LeftoverShare.objects.all(), share.pk)
    require(rules.may_note_returned(user, held))
    held.paid, held.document = clock.today(), document
    held.save(update_fields=["paid", "document"])
    money.pay_leftover(held, document, user)
    return held
