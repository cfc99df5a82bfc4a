"""Applications to the pools' open calls: drafts, sent, sent back and withdrawn; what is decided comes with the decisions."""

from datetime import date, datetime, timedelta

from fyrtaarn.applications.content import content_of
from fyrtaarn.applications.models import ApplicantQuestion, Application, BudgetLine, EffectGoal, SentVersion
from fyrtaarn.applications.queries import open_calls
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.people.models import Role, RoleKind
from fyrtaarn.pools.models import Call, PoolRules

from ..book import Book, Row
from ..moments import moment
from ..reading import table
from ..story import step

MEND_WITHIN = timedelta(days=10)
LONGEST = timedelta(days=365)
TEXTS = ("title", "what", "for_whom", "why", "future_economy", "language")


def load(book: Book) -> None:
    """Each applies in the first open call of its municipality that takes all kinds of organisations."""
    calls = first_calls()
    for row in book.new("application", table("applications")):
        if row["municipality"] in calls:
            book.write("application", {row["key"]: application(row, book, calls[row["municipality"]])})


def first_calls() -> dict[str, Call]:
    """By municipality the open call that closes first."""
    found: dict[str, Call] = {}
    for call in open_calls():
        found.setdefault(call.pool.municipality.slug, call)
    return found


def application(row: Row, book: Book, call: Call) -> Application:
    """One application with all that it says, and the log of what was done with it."""
    person, begun = book.pk("person", row["person"]), moment(row["days_ago"], row["key"])
    rules = PoolRules.objects.get(calls=call)
    sent = None if row["state"] == "draft" else moment(row["days_ago"], row["key"], turn=2)
    starts = date(clock.today().year + 1, 3, 1)
    made = Application.objects.create(
        **{name: row[name] for name in TEXTS},
        call=call,
        rules=rules,
        stage=rules.stages.first(),
        municipality_id=call.pool.municipality_id,
        organisation_id=book.pk("organisation", row["organisation"]),
        solution_id=book.pk("solution", row["solution"]) if row["solution"] else None,
        shown=row["why"],
        starts=starts,
        ends=starts + LONGEST,
        asked=100 * sum(kroner for _kind, _text, kroner, source in row["lines"] if source == "pool"),
        aid_declared=sent is not None,
        contact_id=person,
        state=row["state"],
        sent=sent,
        sent_by_id=person if sent else None,
        created_by_id=person,
        created=begun,
        updated=sent or begun,
        updated_by_id=person,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(application=made, number=number, kind=kind, text=text, oere=100 * kroner, source=source)
        for number, (kind, text, kroner, source) in enumerate(row["lines"], start=1)
    )
    EffectGoal.objects.bulk_create(
        EffectGoal(application=made, number=number, bottom_line=whose, text=text, measure=measure, target=target)
        for number, (whose, text, measure, target) in enumerate(row["goals"], start=1)
    )
    log = [step(made, "begin", "", "draft", by=person, at=begun)]
    if sent:
        SentVersion.objects.create(application=made, number=1, at=sent, by_id=person, content=content_of(made))
        log.append(step(made, "send", "draft", "sent", by=person, at=sent))
    Step.objects.bulk_create([*log, *after(made, row, person)])
    return made


def after(made: Application, row: Row, person: int) -> list[Step]:
    """What was done with it once it was sent."""
    later: datetime = moment(row["days_ago"] - 2, row["key"], turn=4)
    if row["state"] == "withdrawn":
        return [step(made, "withdraw", "sent", "withdrawn", by=person, at=later)]
    if row["state"] != "returned":
        return []
    manager = Role.objects.current().filter(kind=RoleKind.FUND_MANAGER, municipality=made.municipality_id)
    by = manager.order_by("pk").values_list("user", flat=True)[0]
    due = clock.today() + MEND_WITHIN
    ApplicantQuestion.objects.create(application=made, text=row["question"], mend=True, due=due, by_id=by, at=later)
    return [step(made, "return", "sent", "returned", by=by, at=later, reason=row["question"])]
