"""What the two lesser logins may not, tried as them."""

from typing import Any

import pghistory.models
import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.config.environment import ConfigurationError
from fyrtaarn.config.logins import powers_of, refuse_powerful_login
from fyrtaarn.foundation.logins import grant_rights
from fyrtaarn.organisations.models import Organisation
from tests.harness.logins import acting_as
from tests.harness.people import make_organisation

from .conftest import Connect

PARTS = pytest.mark.parametrize("part", ["web", "worker"])
OWNERS_ACTS = (
    "TRUNCATE meetings_message",
    "DROP TABLE meetings_message",
    "ALTER TABLE meetings_meeting DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE organisations_organisation DISABLE TRIGGER ALL",
    "CREATE POLICY mine ON meetings_meeting USING (true)",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION reader.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION reader.is_worker() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "SET session_replication_role = replica",
    "DELETE FROM django_migrations",
)
HISTORY = [
    model._meta.db_table
    for model in apps.get_models()
    if issubclass(model, pghistory.models.Event) and model._meta.managed
]


def refused(login: psycopg.Connection[Any], statement: Any) -> None:
    with pytest.raises((InsufficientPrivilege, psycopg.errors.WrongObjectType)):
        login.execute(statement)


@PARTS
def test_it_has_no_power_of_its_own(connect: Connect, part: str) -> None:
    powers = connect(part).execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolinherit, rolreplication FROM pg_roles"
        " WHERE rolname = current_user"
    )
    assert powers.fetchone() == (False,) * 6
    owned = connect(part).execute("SELECT count(*) FROM pg_class WHERE pg_has_role(relowner, 'MEMBER')")
    assert owned.fetchone() == (0,)


@PARTS
def test_what_is_the_owners_is_refused(connect: Connect, part: str) -> None:
    login = connect(part)
    for statement in (*OWNERS_ACTS, f"SET ROLE {connection.settings_dict['USER']}"):
        refused(login, statement)


@PARTS
def test_history_cannot_be_written_changed_or_removed(connect: Connect, part: str) -> None:
    login = connect(part)
    assert len(HISTORY) >= 30
    for table in (*HISTORY, "pghistory_context"):
        for statement in ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
            refused(login, sql.SQL(statement).format(sql.Identifier(table)))
    refused(login, "UPDATE people_userevent SET name = 'En anden'")
    refused(login, "UPDATE pghistory_context SET metadata = '{}'")


@PARTS
def test_history_is_kept_of_what_it_does(connect: Connect, kolding: Any, part: str) -> None:
    organisation: Any = make_organisation(kolding, "Før")
    login = connect(part)
    with login.transaction():
        login.execute("SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true)")
        login.execute("SELECT set_config('pghistory.context_metadata', '{\"reason\": \"en prøve\"}', true)")
        login.execute("UPDATE organisations_organisation SET name = 'Efter' WHERE id = %s", [organisation.pk])
    event = organisation.events.order_by("pgh_id").last()
    assert event.name == "Efter"
    assert event.pgh_context.metadata == {"reason": "en prøve"}


def test_the_web_reads_no_history_of_what_is_kept_apart(connect: Connect) -> None:
    web = connect("web")
    for table in ("meetings_messageevent", "agreements_wordingevent", "people_invitationevent", "pghistory_context"):
        refused(web, sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))


def test_the_web_adds_to_the_log_of_steps_and_takes_nothing_away(connect: Connect) -> None:
    web = connect("web")
    refused(web, "UPDATE foundation_step SET reason = 'noget andet'")
    refused(web, "DELETE FROM foundation_step")


def test_only_the_worker_empties_the_history_of_one_who_is_erased(connect: Connect) -> None:
    emptying = "SELECT privacy_clear_history('people_userevent', '{}', '{\"name\": \"\"}')"
    refused(connect("web"), emptying)
    assert connect("worker").execute(emptying).fetchone() == (0,)


def test_the_web_writes_notices_and_mail_by_errand_alone(connect: Connect) -> None:
    web = connect("web")
    for table in ("foundation_notice", "foundation_outgoingmail"):
        refused(web, sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(table)))
        refused(web, sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    refused(web, "UPDATE foundation_outgoingmail SET recipient = 'en.anden@example.dk'")


def test_a_reading_request_cannot_begin_to_write(connect: Connect, kolding: Any) -> None:
    web = connect("web")
    web.autocommit = False
    web.execute("SELECT set_config('transaction_read_only', 'on', true)")
    web.execute("SELECT 1")
    with pytest.raises(psycopg.errors.ActiveSqlTransaction):
        web.execute("SELECT set_config('transaction_read_only', 'off', true)")
    web.rollback()


def test_rights_are_granted_again_without_harm_and_to_new_tables(connect: Connect, kolding: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE areas_nyhed (id int)")
        try:
            refused(connect("web"), "SELECT * FROM areas_nyhed")
            grant_rights()
            assert connect("web").execute("SELECT count(*) FROM areas_nyhed").fetchone() == (0,)
        finally:
            cursor.execute("DROP TABLE areas_nyhed")
    refused(connect("web"), "DELETE FROM foundation_step")


@pytest.mark.django_db
def test_a_process_in_production_does_not_start_with_a_login_that_may_too_much(settings: Any) -> None:
    refuse_powerful_login()
    settings.DEMO = False
    with pytest.raises(ConfigurationError, match="owns the tables"):
        refuse_powerful_login()
    for login in EMBEDDED_LOGINS.values():
        assert powers_of(login) == []
        with acting_as(login):
            refuse_powerful_login()
            assert Organisation.objects.count() == 0
    assert powers_of("findes_ikke") == ["`findes_ikke` does not exist"]
