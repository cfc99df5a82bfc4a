"""Migrations since the last release leave the last release able to serve; the judge of it finds what it should."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from tools import beside


def test_all_migrations_since_the_last_release_are_safe_beside_it() -> None:
    assert beside.all_faults() == []


def test_what_was_released_is_still_here() -> None:
    from django.db.migrations.loader import MigrationLoader

    here = {f"{app} {name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    released = set(beside.RELEASED.read_text("utf-8").split("\n")) - {""}
    assert len(released) > 20
    assert released <= here, "a released migration is never removed or renamed"


def found(*operations: Any, new: set[tuple[str, str]] | None = None, reason: str = "") -> list[str]:
    before = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=50, null=True))]
    before.add_model(ModelState("room", "Thing", fields))
    before.add_model(ModelState("room", "ThingEvent", [("pgh_id", models.BigAutoField(primary_key=True))]))
    migration = migrations.Migration("0002_next", "room")
    migration.operations = list(operations)
    migration.beside_previous = reason  # type: ignore[attr-defined]
    return list(beside.faults(migration, before, set() if new is None else new))


INDEX = models.Index(fields=["name"], name="thing_name")
CHECK = models.CheckConstraint(condition=~models.Q(name=""), name="thing_named")
UNSAFE = [
    migrations.RemoveField("thing", "name"),
    migrations.DeleteModel("Thing"),
    migrations.RenameField("thing", "name", "title"),
    migrations.RenameModel("Thing", "Object"),
    migrations.AlterModelTable("thing", "things"),
    migrations.AddField("thing", "size", models.IntegerField(default=0)),
    migrations.AlterField("thing", "name", models.CharField(max_length=50)),
    migrations.AlterField("thing", "name", models.CharField(max_length=20, null=True)),
    migrations.AlterField("thing", "name", models.IntegerField(null=True)),
    migrations.AddIndex("thing", INDEX),
    migrations.AddConstraint("thing", CHECK),
    migrations.RunSQL("SELECT 1", "SELECT 1"),
    migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "name")], []),
]
SAFE = [
    migrations.AddField("thing", "size", models.IntegerField(null=True)),
    migrations.AddField("thing", "size", models.IntegerField(db_default=0)),
    migrations.AddField("thingevent", "size", models.IntegerField(default=0)),
    migrations.AlterField("thing", "name", models.CharField(max_length=90, null=True)),
    migrations.AlterModelOptions("thing", {"ordering": ["name"]}),
    migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    AddIndexConcurrently("thing", INDEX),
    AddConstraintNotValid("thing", CHECK),
    migrations.SeparateDatabaseAndState([], [migrations.RemoveField("thing", "name")]),
]


@pytest.mark.parametrize("operation", UNSAFE, ids=lambda one: one.describe())
def test_what_the_last_release_could_not_live_with_is_refused(operation: Any) -> None:
    (fault,) = found(operation)
    assert fault.startswith("room.0002_next: ")
    assert found(operation, reason="Nothing has read it since 0.1.") == []


@pytest.mark.parametrize("operation", SAFE, ids=lambda one: one.describe())
def test_what_only_adds_is_let_through(operation: Any) -> None:
    assert found(operation) == []


def test_a_table_that_the_last_release_does_not_know_may_have_anything() -> None:
    create = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    add = migrations.AddField("other", "size", models.IntegerField(default=0))
    assert found(create, add) == []
    assert found(add_to_thing := UNSAFE[5], new={("room", "thing")}) == []
    assert found(add_to_thing) != []
