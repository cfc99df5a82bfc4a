"""Migrations: complete, in one line a room, and reversible on a filled database."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ROOMS = [name.rsplit(".", 1)[1] for name in settings.ROOMS]


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_each_rooms_migrations_stand_in_one_line() -> None:
    graph = MigrationExecutor(connection).loader.graph
    for room in ROOMS:
        own = [node for node in graph.nodes if node[0] == room]
        assert len([node for node in graph.leaf_nodes() if node[0] == room]) <= 1, room
        for node in own:
            parents = [parent for parent in graph.node_map[node].parents if parent[0] == room]
            assert len(parents) <= 1, node


@pytest.mark.timeout(900)  # two dozen rooms, each taken away and made again
@pytest.mark.django_db(transaction=True)
def test_all_rooms_can_go_back_to_nothing_and_forth_again_on_a_filled_database(kolding: Any) -> None:
    from tests.harness.people import make_department, make_employee, make_organisation, make_user

    make_employee(kolding, "contact_person", make_department(kolding))
    make_organisation(kolding, owner=make_user())
    with_tables = [room for room in ROOMS if any(apps.get_app_config(room).get_models())]
    try:
        for room in reversed(with_tables):
            call_command("migrate", room, "zero", verbosity=0, interactive=False)
        names = connection.introspection.table_names()
        assert not [name for name in names if name.split("_")[0] in with_tables]
    finally:
        call_command("migrate", verbosity=0, interactive=False)
    assert set(connection.introspection.table_names()) >= {"areas_municipality", "portal_challenge"}
