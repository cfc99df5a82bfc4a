"""The database itself keeps scores apart: asked in direct SQL as the web's login, for each who reads."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment import actions
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Opinion, Remark, Score
from fyrtaarn.foundation import clock
from tests.harness.people import make_employee
from tests.separation.conftest import Connect, connect  # noqa: F401 - the fixture

from .conftest import asked, assess, make_application, make_round

pytestmark = pytest.mark.timeout(300)


def read(login: psycopg.Connection[Any], model: type[Any], reader: Any) -> set[int]:
    login.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(reader.pk) if reader else ""])
    statement = sql.SQL("SELECT id FROM {}").format(sql.Identifier(model._meta.db_table))
    return {pk for (pk,) in login.execute(statement).fetchall()}


def test_each_reader_sees_what_the_rules_say(connect: Connect, kolding: Any, koebenhavn: Any) -> None:  # noqa: F811
    round_, web = make_round(kolding), connect("web")
    first, second, third = round_.assessors
    elsewhere: Any = make_employee(koebenhavn, "fund_manager")
    auditor: Any = make_employee(kolding, "auditor")
    application = make_application(round_)
    one, two = asked(round_, application, first, second, due=clock.today())
    assert application.pk not in read(web, Application, first)
    assess(round_, one, 5, 5)
    scores, opinions = (
        set(Score.objects.values_list("pk", flat=True)),
        set(Opinion.objects.values_list("pk", flat=True)),
    )
    judges, strangers = (round_.manager, round_.decider, auditor), (third, elsewhere, application.contact, None)
    assert read(web, Application, first) == {application.pk}
    assert read(web, Assignment, first) == {one.pk}
    assert read(web, Assignment, second) == {two.pk}
    assert (read(web, Score, first), read(web, Opinion, first)) == (scores, opinions)
    for reader in (second, *judges, *strangers):
        assert read(web, Score, reader) == read(web, Opinion, reader) == set()
    for reader in judges:
        assert read(web, Assignment, reader) == {one.pk, two.pk}
    for reader in strangers:
        assert read(web, Assignment, reader) == set()
    said = actions.remark(first, application, "Hvad mener I?")
    assert (read(web, Remark, first), read(web, Remark, second)) == ({said.pk}, set())

    actions.clear(second, two)
    actions.save_scores(second, two, {}, "Kladde")
    Assignment.objects.update(due=clock.today() - timedelta(days=1))
    for reader in judges:
        assert (read(web, Score, reader), read(web, Opinion, reader)) == (scores, opinions)
        assert read(web, Remark, reader) == {said.pk}
    assert read(web, Score, second) == set()

    actions.declare_conflict(first, one, "Min søster.")
    assert application.pk not in read(web, Application, first)
    assert read(web, Score, round_.manager) == scores
    closed = actions.close_discussion(round_.manager, application)
    for reader in (*judges, second):
        assert read(web, ClosedDiscussion, reader) == {closed.pk}
    for reader in (first, *strangers):
        assert read(web, ClosedDiscussion, reader) == set()
    worker = connect("worker")
    assert read(worker, Score, None) == scores


def test_nobody_writes_into_what_is_not_hers(connect: Connect, kolding: Any) -> None:  # noqa: F811
    round_, web = make_round(kolding), connect("web")
    first, second, _third = round_.assessors
    application = make_application(round_)
    one = assess(round_, asked(round_, application, first)[0], 5, 5)
    other = asked(round_, application, second)[0]
    for reader in (second, round_.manager, round_.decider, application.contact):
        web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(reader.pk)])
        assert web.execute("UPDATE assessment_score SET points = 0").rowcount == 0
        assert web.execute("DELETE FROM assessment_score").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(
                "INSERT INTO assessment_score (assignment_id, criterion_id, points, comment) VALUES (%s, %s, 1, '')",
                [one.pk, round_.criteria[0].pk],
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(
                "INSERT INTO assessment_remark (application_id, by_id, at, text) VALUES (%s, %s, now(), 'Hej')",
                [application.pk, first.pk],
            )
    web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(first.pk)])
    assert web.execute("UPDATE assessment_assignment SET conflict = 'x' WHERE id = %s", [other.pk]).rowcount == 0
