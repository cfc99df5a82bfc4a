"""Applications in assessment: some are assessed by all, one has an assessor with a conflict, others are under way."""

from datetime import timedelta

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment.models import Assignment, AssignmentState, Opinion, Remark, Score
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.pools.models import Pool, PoolDuty

from ..book import Book, Row
from ..moments import moment
from ..reading import table
from ..story import step
from .applications import application, first_calls

DAYS_LEFT = timedelta(days=9)
DUTY_BEGAN = timedelta(days=60)


def load(book: Book) -> None:
    content, calls = table("assessments"), first_calls()
    for row in book.new("assessors", content["assessors"]):
        book.write("assessors", {row["key"]: give_duties(row, book)})
    for row in book.new("application", content["applications"]):
        book.write("application", {row["key"]: application(row, book, calls[row["municipality"]])})
    for row in book.new("assignment", content["assignments"]):
        book.write("assignment", {row["key"]: assignment(row, book)})
    for row in book.new("remark", content["remarks"]):
        book.write("remark", {row["key"]: remark(row, book)})


def give_duties(row: Row, book: Book) -> Pool:
    """Those who assess for one pool."""
    pool = Pool.objects.get(pk=book.pk("pool", row["key"]))
    since = clock.today() - DUTY_BEGAN
    PoolDuty.objects.bulk_create(
        PoolDuty(pool=pool, user_id=book.pk("person", person), duty="assessor", starts=since)
        for person in row["people"]
    )
    return pool


def assignment(row: Row, book: Book) -> Assignment:
    """One assessor's work as far as it is, with the log of it; whoever was chosen by hand has a reason, not a load."""
    days, person, state = row["days_ago"], book.pk("person", row["person"]), row["state"]
    about = Application.objects.select_related("call", "rules").get(pk=book.pk("application", row["application"]))
    manager, asked = about.call.created_by_id, moment(days, row["key"])
    declared = None if state == AssignmentState.ASKED else moment(days - 1, row["key"], turn=1)
    done = moment(days - 4, row["key"], turn=3) if state == AssignmentState.DONE else None
    made = Assignment.objects.create(
        application=about,
        assessor_id=person,
        state=state,
        load=row.get("load"),
        reason=row.get("reason", ""),
        assigned_by_id=manager,
        assigned=asked,
        due=clock.today() + DAYS_LEFT,
        declared=declared,
        conflict=row.get("conflict", ""),
        done=done,
    )
    log = [step(made, "ask", "", "asked", by=manager, at=asked)]
    if declared:
        answer = "conflict" if state == AssignmentState.CONFLICT else "clear"
        log.append(step(made, answer, "asked", "reading" if answer == "clear" else answer, by=person, at=declared))
    if done:
        log.append(step(made, "finish", "reading", "done", by=person, at=done))
    Step.objects.bulk_create(log)
    if "points" in row:
        criteria = about.rules.criteria.order_by("number")
        Score.objects.bulk_create(
            Score(assignment=made, criterion=criterion, points=points, comment=why)
            for criterion, points, why in zip(criteria, row["points"], row["why"], strict=False)  # a draft has fewer
        )
        Opinion.objects.create(assignment=made, text=row["opinion"])
    return made


def remark(row: Row, book: Book) -> Remark:
    """What one says to the others."""
    return Remark.objects.create(
        application_id=book.pk("application", row["application"]),
        by_id=book.pk("person", row["person"]),
        at=moment(row["days_ago"], row["key"]),
        text=row["text"],
    )
