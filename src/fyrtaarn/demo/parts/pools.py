"""Pools of money in both cities: fed for two years and this one, each with a call in which one can apply.

What moves money is posted in the books day by day, as it would have been.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from fyrtaarn.areas.models import LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.ledger.actions import close_through
from fyrtaarn.ledger.movements import FREE
from fyrtaarn.ledger.queries import balance_of
from fyrtaarn.listings.folding import fold
from fyrtaarn.people.models import User
from fyrtaarn.pools import actions, money
from fyrtaarn.pools.actions.pools import POOL_FIELDS
from fyrtaarn.pools.actions.rules import RULES_FIELDS
from fyrtaarn.pools.giving import QUARTERS, due_day, oere_of, parts_of
from fyrtaarn.pools.models import (
    ClosedYear,
    Contribution,
    ContributionPart,
    Contributor,
    Leftover,
    LeftoverShare,
    Pool,
    PoolKind,
)

from ..book import Book, Row, Words
from ..reading import rows

YEARS_BEFORE = 2
OPEN_FOR = timedelta(days=40)
Event = tuple[date, Callable[[], object]]


def load(book: Book) -> None:
    words = Words.read()
    for row in book.new("pool", rows("pools")):
        book.write("pool", {row["key"]: pool(row, book, words)})
    fold()


def pool(row: Row, book: Book, words: Words) -> Pool:
    """One pool with its rules, its money and its call."""
    manager = get_user_model()._default_manager.get(pk=book.pk("person", row["manager"]))
    fields = {name: row[name] for name in POOL_FIELDS}
    made = actions.make_pool(manager, words.municipalities[row["municipality"]], fields, example=True)
    write_rules(made, manager, row)
    made = actions.open_pool(manager, made)
    for _day, happens in sorted(events(made, manager, row, words), key=lambda event: event[0]):
        happens()
    close_years(made, manager)
    publish_call(made, manager, row["call"])
    return made


def write_rules(made: Pool, manager: User, row: Row) -> None:
    draft = actions.draft_rules(manager, made)
    said = {name: getattr(draft, name) for name in RULES_FIELDS} | row["rules"]
    criteria = [
        {"name": name, "name_en": name_en, "weight": weight, "most": 5, "guidance": text, "guidance_en": text_en}
        for name, name_en, weight, text, text_en in row["criteria"]
    ]
    stages = [
        {"name": name, "name_en": name_en, "most": most, "asked": "", "asked_en": "", "after_earlier": after}
        for name, name_en, most, after in row["stages"]
    ]
    draft = actions.change_rules(manager, draft, said, criteria, stages, draft.version)
    actions.bring_into_force(manager, draft)


def events(made: Pool, manager: User, row: Row, words: Words) -> Iterator[Event]:
    """What is decided and paid, each on its day: the last quarter that is due this year is late with one of them."""
    this = clock.today().year
    for place, one in enumerate(row["givers"]):
        giver = contributor(made, manager, row, one, words, date(this - YEARS_BEFORE, 1, 1))
        for turn, year in enumerate(range(this - YEARS_BEFORE, this + 1)):
            yield from year_of(giver, manager, one, turn, year, is_late=place == 0)


def contributor(made: Pool, manager: User, row: Row, one: Row, words: Words, joined: date) -> Contributor:
    slug = row["municipality"]
    who: Any = words.departments.get((slug, one["key"]))
    if made.kind == PoolKind.LOCAL_BODIES:
        who = LocalBody.objects.get(municipality__slug=slug, slug=one["key"])
    return actions.add_contributor(manager, made, who, joined)


def year_of(giver: Contributor, manager: User, one: Row, turn: int, year: int, *, is_late: bool) -> Iterator[Event]:
    """One contributor's year: the decision in January, the quarters on their days."""
    budget, percent = (one["budgets"][turn], Decimal(one["percent"])) if "budgets" in one else (None, None)
    oere = one["sums"][turn] if budget is None or percent is None else oere_of(budget, percent)
    decided, today = date(year, 1, 5), clock.today()
    made: list[Contribution] = []

    def decide() -> None:
        document = f"Eksempel: budget {year}"
        made.append(
            Contribution.objects.create(
                contributor=giver, year=year, budget=budget, percent=percent, oere=oere, document=document,
                decided=decided, decided_by=manager, entry=money.pledge(giver, year, oere, document, manager, decided),
            )
        )  # fmt: skip
        ContributionPart.objects.bulk_create(
            ContributionPart(
                contribution=made[0], quarter=quarter, oere=part, due=due_day(year, quarter, giver.pool.due_day)
            )
            for quarter, part in parts_of(oere, QUARTERS).items()
        )

    def pay(quarter: int, day: date) -> None:
        part = made[0].parts.get(quarter=quarter)
        part.entry = money.receive(part, f"Eksempelbilag {year}-{quarter}-{giver.pk}", manager, day)
        part.state, part.paid = "paid", day
        part.save(update_fields=["entry", "state", "paid"])

    if decided <= today:
        yield decided, decide
    due = [quarter for quarter in QUARTERS if due_day(year, quarter, giver.pool.due_day) < today]
    skipped = due[-1:] if is_late and year == today.year else []
    for quarter in due:
        if quarter not in skipped:
            day = due_day(year, quarter, giver.pool.due_day)
            yield day, lambda quarter=quarter, day=day: pay(quarter, day)  # type: ignore[misc]


def close_years(made: Pool, manager: User) -> None:
    """Close the years before this one; what the committees had left goes back, the first year's already."""
    this = clock.today().year
    for year in range(this - YEARS_BEFORE, this):
        if made.leftover == Leftover.RETURNED:
            actions.close_year(manager, made, year)
        else:
            free = balance_of(made.book, FREE, date(year, 12, 31))
            ClosedYear.objects.create(pool=made, year=year, free=free, leftover=made.leftover, closed_by=manager)
    if made.leftover == Leftover.CARRIED:
        close_through(made.book, date(this - 1, 12, 31), manager)
    for share in LeftoverShare.objects.filter(closed_year__pool=made, closed_year__year=this - YEARS_BEFORE):
        actions.note_returned(manager, share, f"Eksempelbilag {share.pk}")


def publish_call(made: Pool, manager: User, row: Row) -> None:
    today = clock.today()
    closes = today + timedelta(days=row["days"]) if row["days"] else None
    texts = {name: row[name] for name in ("title", "title_en", "text", "text_en", "set_aside")}
    answer = (closes or today) + timedelta(days=45)
    call = actions.draft_call(
        manager, made, {**texts, "opens": today - OPEN_FOR, "closes": closes, "answer_by": answer}
    )
    actions.publish(manager, call)
