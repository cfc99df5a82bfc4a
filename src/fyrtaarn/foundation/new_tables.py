"""The first tables of a room, made in one go.

Django draws the whole model anew for every operation of a migration that touches a table, and all tables hang together
through people and municipalities; so a room of thirty tables took half a minute. Wrapped in one operation the model is
drawn once, and what comes into the database is the same:

    operations = [NewTables([migrations.CreateModel(...), migrations.AddConstraint(...), ...])]
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

PARTS = (AddField, AddIndex, AddConstraint)
"""What is there already when a table is made as it is at the end."""


class NewTables(SeparateDatabaseAndState):
    """Make tables with all that these operations give them. Raises ValueError for what touches another table."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        super().__init__(list(operations), list(operations))
        self.models = [one for one in operations if isinstance(one, CreateModel)]
        self.triggers = [one for one in operations if isinstance(one, AddTrigger)]
        made = {model.name_lower for model in self.models}
        for one in operations:
            if isinstance(one, CreateModel):
                continue
            if not isinstance(one, (*PARTS, AddTrigger)) or one.model_name_lower not in made:
                raise ValueError(f"{one.describe()} is not of a table that is made here.")

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the tables to the state, which is drawn anew when somebody asks for it."""
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables as they are at the end, and then their triggers."""
        for one in (*self.models, *self.triggers):
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Make {len(self.models)} tables"
