"""A room's first tables, made in one go, are the same as made one by one."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from fyrtaarn.foundation.new_tables import NewTables

NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="shelf_named")


def operations() -> list[Any]:
    return [
        migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.CreateModel("Book", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("book", "shelf", models.ForeignKey("room.Shelf", models.PROTECT)),
        migrations.AddField("shelf", "first", models.ForeignKey("room.Book", models.PROTECT, null=True)),
        migrations.AddIndex("shelf", models.Index(fields=["name"], name="shelf_name")),
        migrations.AddConstraint("shelf", NAMED),
    ]


def made_by(*steps: Any) -> list[Any]:
    """What the database says of the tables; they are taken away again."""
    migration = migrations.Migration("0001_first", "room")
    migration.operations = list(steps)
    before = ProjectState()
    before.apps  # noqa: B018 - drawn, as it is while migrations run
    with connection.schema_editor() as editor:
        after = migration.apply(before.clone(), editor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name LIKE 'room\\_%' ORDER BY table_name, ordinal_position"
        )
        columns = cursor.fetchall()
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'room\\_%' UNION ALL"
            " SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'room\\_%' ORDER BY 1, 2"
        )
        rest = cursor.fetchall()
    with connection.schema_editor() as editor:
        migration.unapply(before.clone(), editor)
    assert {name for _app, name in after.models} == {"shelf", "book"}
    return [*columns, *rest]


@pytest.mark.django_db(transaction=True)
def test_tables_made_in_one_go_are_those_made_one_by_one() -> None:
    at_once = made_by(NewTables(operations()))
    assert at_once == made_by(*operations())
    assert len(at_once) > 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'room\\_%'")
        assert cursor.fetchone() == (0,), "they are taken away again"


@pytest.mark.parametrize("other", [migrations.AddConstraint("pen", NAMED), migrations.RunSQL("SELECT 1")])
def test_what_touches_another_table_is_refused(other: Any) -> None:
    with pytest.raises(ValueError, match="not of a table that is made here"):
        NewTables([*operations(), other])
