"""Is each migration since the last release safe while the last release still serves? `tools/beside.py --release` notes one.

During an upgrade the new version's tables meet the old version's code, and after a step back again. So a release only
adds: what is no longer used goes in the release after, when no code knows it any more. A migration that does otherwise
says why it is safe, in one sentence, as `beside_previous = "…"` on its class.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

RELEASED = Path(__file__).resolve().parent / "released_migrations.txt"
REASON = "beside_previous"
TAKES_AWAY = (migrations.DeleteModel, migrations.RemoveField, migrations.RenameModel, migrations.RenameField,
              migrations.AlterModelTable)  # fmt: skip
UNSEEN = (migrations.RunSQL, migrations.RunPython)
LOCKING = {
    migrations.AddIndex: "locks the table while it is built: use AddIndexConcurrently in a migration that is not atomic",
    migrations.AddConstraint: "may refuse what the last release writes: add it NOT VALID, validate it a release later",
    migrations.AlterUniqueTogether: "may refuse what the last release writes",
}


def faults(migration: migrations.Migration, before: ProjectState, new: set[tuple[str, str]]) -> Iterator[str]:
    """What in a migration the last release could not live with; `new` are the tables that it does not know."""
    if getattr(migration, REASON, ""):
        return
    state = before.clone()
    for operation in _on_the_database(migration.operations):
        fault = _fault(operation, migration.app_label, state, new)
        if fault:
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {fault}"
        if isinstance(operation, migrations.CreateModel):
            new.add((migration.app_label, operation.name_lower))
        operation.state_forwards(migration.app_label, state)


def _on_the_database(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _on_the_database(operation.database_operations)
        else:
            yield operation


def _fault(operation: Operation, app: str, state: ProjectState, new: set[tuple[str, str]]) -> str:
    name = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
    if isinstance(operation, UNSEEN):
        return "cannot be judged by a machine"
    if (app, name) in new:
        return ""
    if isinstance(operation, TAKES_AWAY):
        return "takes away what the last release uses: let it go a release later"
    if isinstance(operation, migrations.AddField):
        return _added(operation.field, app, name, state)
    if isinstance(operation, migrations.AlterField):
        return _altered(operation, app, state)
    if isinstance(operation, (AddIndexConcurrently, AddConstraintNotValid)):
        return ""
    return next((why for kind, why in LOCKING.items() if isinstance(operation, kind)), "")


def _added(field: models.Field, app: str, name: str, state: ProjectState) -> str:  # type: ignore[type-arg]
    history = "pgh_id" in state.models[app, name].fields  # written by the trigger, which comes with the column
    if history or field.null or field.many_to_many or field.has_db_default():
        return ""
    return "the last release writes rows without it: let it be null, or give it a db_default"


def _altered(operation: migrations.AlterField, app: str, state: ProjectState) -> str:
    old = state.models[app, operation.model_name_lower].fields[operation.name]
    if old.null and not operation.field.null:
        return "the last release may write null: demand it a release later"
    if old.get_internal_type() != operation.field.get_internal_type():
        return "the last release reads and writes another type: add a new column"
    most, was = getattr(operation.field, "max_length", None), getattr(old, "max_length", None)
    if most is not None and was is not None and most < was:
        return "the last release may write longer texts"
    return ""


def all_faults() -> list[str]:
    """The faults of all migrations since the last release."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    released = set(RELEASED.read_text("utf-8").split("\n"))
    new: set[tuple[str, str]] = set()
    found: list[str] = []
    for app, name in _in_order(loader):
        if f"{app} {name}" not in released:
            migration = loader.graph.nodes[app, name]
            found += faults(migration, loader.project_state((app, name), at_end=False), new)
    return found


def _in_order(loader: object) -> list[tuple[str, str]]:
    graph = loader.graph  # type: ignore[attr-defined]
    order: dict[tuple[str, str], None] = {}
    for leaf in sorted(graph.leaf_nodes()):
        order |= dict.fromkeys(graph.forwards_plan(leaf))
    return [node for node in order if graph.nodes[node].__module__.startswith("fyrtaarn.")]


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    if sys.argv[1:] == ["--release"]:
        nodes = _in_order(MigrationLoader(None, ignore_no_migrations=True))
        RELEASED.write_text("".join(f"{app} {name}\n" for app, name in sorted(nodes)), "utf-8")
    elif found := all_faults():
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
