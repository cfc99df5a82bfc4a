"""Loading the demo content: all of it or nothing, as often as you like.

What has been loaded before is left alone, so that what people have changed stays and what they have removed does
not come back.
"""

from collections.abc import Callable
from time import monotonic

from django.db import connection, transaction

from fyrtaarn.foundation.history import because

from .book import Book
from .models import DemoItem
from .parts import (
    applications,
    assessments,
    challenges,
    collaborations,
    councils,
    decisions,
    dialogues,
    districts,
    effects,
    fieldwork,
    grants,
    index,
    news,
    organisations,
    people,
    pictures,
    pitches,
    places,
    pools,
    questions,
    searches,
    solutions,
    words,
)

PARTS: tuple[tuple[str, Callable[[Book], None]], ...] = (
    ("Municipalities, departments and topics", places.load),
    ("People", people.load),
    ("Organisations", organisations.load),
    ("Solutions", solutions.load),
    ("Pictures", pictures.load),
    ("Challenges", challenges.load),
    ("Pools of money", pools.load),
    ("Search and matching", index.load),
    ("Dialogues", dialogues.load),
    ("Collaborations", collaborations.load),
    ("Councils", councils.load),
    ("Community managers", districts.load),
    ("Questions", questions.load),
    ("Effects", effects.load),
    ("Fieldwork", fieldwork.load),
    ("Ambassadors and pitches", pitches.load),
    ("Applications", applications.load),
    ("Assessments", assessments.load),
    ("Decisions", decisions.load),
    ("Grants", grants.load),
    ("Saved searches", searches.load),
    ("Shared words", words.load),
    ("News", news.load),
)


def is_loaded() -> bool:
    """Whether the demo content has been loaded, wholly or in an earlier version."""
    return DemoItem.objects.exists()


def load(report: Callable[[str], object] = lambda _line: None) -> list[str]:
    """Add what has not been loaded before; `report` is called with a line as each part is done.

    Returns the lines. Two who load at once load once.
    """
    lines = []
    with transaction.atomic(), because("demo content"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fyrtaarn.demo'))")
        book = Book.open()
        for name, part in PARTS:
            before, begin = book.count_added(), monotonic()
            part(book)
            new = book.count_added() - before
            lines.append(f"{name}: {new} new ({monotonic() - begin:.1f} s)")
            report(lines[-1])
    return lines
