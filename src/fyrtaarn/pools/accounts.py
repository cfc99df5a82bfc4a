"""The account of one year of a pool: what it began with, what came and went, what it ended with. Whole øre."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock

from .charts import Chart, bars
from .models import Pool
from .queries import Given, Money, contributors_of, given_by, money_of


@dataclass(frozen=True)
class Account:
    """A year of a pool: `before` and `after` say where its money was at the end of the year before and of this one."""

    pool: Pool
    year: int
    last: date
    before: Money
    after: Money
    given: list[Given]

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The way from the money at the beginning to the money at the end: the rows before the last sum to it."""
        return [
            (_("In the pool at the beginning of the year"), held(self.before)),
            (_("Paid in by contributors"), self.after.paid_in - self.before.paid_in),
            (_("Paid out to recipients"), self.before.paid_out - self.after.paid_out),
            (_("Paid back to contributors"), self.before.returned - self.after.returned),
            (_("In the pool at the end of the year"), held(self.after)),
        ]

    @property
    def standing(self) -> list[tuple[str, int]]:
        """What the money at the end is for; the rows sum to it."""
        return [
            (_("Free to grant"), self.after.free),
            (_("Set aside for calls"), self.after.set_aside),
            (_("Granted, not paid out yet"), self.after.committed),
            (_("To be paid back to contributors"), self.after.owed),
        ]


def held(money: Money) -> int:
    """What is in the pool."""
    return money.free + money.set_aside + money.committed + money.owed


def account_of(pool: Pool, year: int) -> Account:
    """The account of a year as it stands: at its end, or today."""
    last = min(date(year, 12, 31), clock.today())
    given = [one for one in given_by(contributors_of(pool)) if one.year == year]
    return Account(pool, year, last, money_of(pool, date(year - 1, 12, 31)), money_of(pool, last), given)


def chart_of(account: Account) -> Chart:
    return bars(_("What the money in the pool is for"), account.standing)
