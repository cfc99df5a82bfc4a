"""The page of how the installation stands: for operators alone, with what they can do about it."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fyrtaarn.backups.models import Backup, Rehearsal
from fyrtaarn.config.commands import check
from fyrtaarn.foundation import clock, mail, watching
from fyrtaarn.foundation.models import ClockWatch, OutgoingMail, Step
from fyrtaarn.foundation.overview import overview_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.operations.actions import try_again
from fyrtaarn.people.actions import appoint, dismiss
from tests.harness.browser import assert_good_page, sign_in
from tests.harness.jobs import failed_job
from tests.harness.people import make_employee, make_user

PAGE = "/drift/"


@pytest.fixture
def operator(db: None) -> Any:
    user = make_user("Dina Drift", language="en")
    appoint(user, "operator")  # type: ignore[arg-type]
    return user


def seen(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get(PAGE).content.decode()


def test_no_municipal_role_is_enough(client: Client, kolding: Any, operator: Any) -> None:
    administrator = make_employee(kolding, "municipality_administrator")
    client.force_login(administrator)
    assert client.get(PAGE).status_code == 403
    job = failed_job()
    assert client.post(f"/drift/opgaver/{job}/igen/").status_code == 403
    with pytest.raises(Refused):
        try_again(job, by=administrator)  # type: ignore[arg-type]
    client.force_login(operator)
    assert client.get(PAGE).status_code == 200
    dismiss(operator, "operator")
    assert client.get(PAGE).status_code == 403


def test_failed_work_is_shown_and_set_going_again(client: Client, operator: Any) -> None:
    job = failed_job()
    assert "foundation.send_mail" in seen(client, operator)
    answer = client.post(f"/drift/opgaver/{job}/igen/", follow=True)
    assert "The work waits for the worker again." in answer.content.decode()
    assert "foundation.send_mail" not in answer.content.decode()
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"
    assert Step.objects.filter(subject_id=job, name="try_again", by=operator).count() == 1
    assert client.post(f"/drift/opgaver/{job}/igen/").status_code == 403


def test_work_that_waits_already_is_not_set_going_twice(operator: Any) -> None:
    job = failed_job()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'en' WHERE id = %s", [job])
    app.configure_task("foundation.send_mail", queueing_lock="en").defer()
    with pytest.raises(Refused, match="venter allerede"):
        try_again(job, by=operator)
    assert ProcrastinateJob.objects.get(pk=job).status == "failed"
    assert not Step.objects.filter(name="try_again").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_try_again_at_once_set_it_going_once(operator: Any) -> None:
    job, barrier, told = failed_job(), threading.Barrier(2), []

    def go() -> None:
        barrier.wait()
        try:
            try_again(job, by=operator)
            told.append("done")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "refused"]
    assert ProcrastinateJob.objects.get(pk=job).attempts == 1
    assert Step.objects.filter(subject_id=job, name="try_again").count() == 1


def test_mail_that_nobody_got_is_told_without_naming_anybody(client: Client, operator: Any) -> None:
    lost = clock.now() - timedelta(hours=1)
    OutgoingMail.objects.create(
        key="invitation-17", recipient="aase@example.dk", subject="x", text="x", claimed=lost,
        last_error="aase@example.dk refused",
    )  # fmt: skip
    page = seen(client, operator)
    assert "invitation-17" in page
    assert "Not taken by the mail server" in page
    assert "aase" not in page


def test_backups_and_trials_are_told(client: Client, operator: Any, settings: Any, tmp_path: Any) -> None:
    from dataclasses import replace

    assert "No nightly backup is made" in seen(client, operator)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, backup_dir=str(tmp_path))
    backup = Backup.objects.create(name="fyrtaarn-1.tar", size=3_500_000, made=clock.now() - timedelta(hours=30))
    page = seen(client, operator)
    assert "more than a day old" in page
    assert "only a hope" in page
    Backup.objects.filter(pk=backup.pk).update(made=clock.now())
    Rehearsal.objects.create(backup=backup.name, seconds=2, tables=80, rows=1000)
    page = seen(client, operator)
    assert "more than a day old" not in page
    assert "Every row the same" in page
    Rehearsal.objects.create(backup=backup.name, seconds=2, fault="pg_restore failed")
    page = seen(client, operator)
    assert "It failed" in page
    assert "pg_restore failed" in page


def test_a_clock_in_doubt_and_a_silent_mail_server_are_told(
    client: Client, operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.note_time()
    page = seen(client, operator)
    assert "The clock" not in page
    assert "The mail server" not in page
    assert [finding.good for finding in check.clock()] == [True]
    cache.set(mail.RESTING, True, 60)
    ClockWatch.objects.update(even_since=clock.now())
    page = seen(client, operator)
    assert "The clock has jumped" in page
    assert "The mail server does not answer" in page
    assert [finding.good for finding in check.clock()] == [False]
    monkeypatch.setattr(watching, "database_time", lambda: clock.now() - timedelta(minutes=9))
    assert "The clock is wrong" in seen(client, operator)
    assert ["9 minutes ahead" in finding.text for finding in check.clock()] == [True]


def titles(user: Any) -> list[str]:
    return [item.title for items in overview_of(user).values() for item in items]


def test_an_operators_overview_leads_there_and_nobody_elses(operator: Any, kolding: Any) -> None:
    with translation.override("en"):
        assert titles(operator) == ["How the installation stands"]
        failed_job()
        assert titles(operator) == ["Background work has failed", "How the installation stands"]
    assert titles(make_employee(kolding, "municipality_administrator")) == []


def test_the_page_reads_a_bounded_number_of_times(client: Client, operator: Any, at_most_queries: Any) -> None:
    client.force_login(operator)
    for _ in range(12):
        failed_job()
    client.get(PAGE)
    with at_most_queries(24):
        client.get(PAGE)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_good(page: Any, live_server: Any, operator: Any) -> None:
    job = failed_job()
    sign_in(page, live_server.url, operator)
    page.goto(live_server.url + PAGE)
    assert_good_page(page)
    page.get_by_role("button", name=f"Try {job} again").click()
    page.get_by_text("The work waits for the worker again.").wait_for()
