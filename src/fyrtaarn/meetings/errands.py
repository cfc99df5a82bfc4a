"""What is asked about dialogues by those who are no party to them: each a narrow function of the database.

See docs/decisions/0012-the-database-keeps-people-apart.md.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, TextField, Value


def has_dialogue(kind: str, subject: int) -> bool:
    """Whether anybody has turned to the owner of a subject that is sought."""
    return bool(_ask("SELECT errand.is_answered(%s, %s)", [kind, subject])[0])


def dialogue_about(kind: str, subject: F) -> Func:
    """The same as an expression beside the row of the subject."""
    return Func(Value(kind, TextField()), subject, function="errand.is_answered", output_field=BooleanField())


def organisations_in_dialogue(kind: str, subject: int) -> list[int]:
    """Primary keys of the organisations in dialogue about a subject that is sought."""
    return [int(pk) for pk in _ask("SELECT errand.in_dialogue(%s, %s)", [kind, subject])]


def _ask(question: str, about: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return [answer for (answer,) in cursor.fetchall()]
