"""A town in the database, what two people may do in it at the same moment, and the way back to how it was."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from fyrtaarn.people.actions import appoint
from tests.harness.people import make_koebenhavn, make_kolding, make_organisation, make_user
from tests.harness.races import at_once
from tests.permissions.report import read
from tests.permissions.scenario import municipal_visits, own_visits
from tests.permissions.test_matrix import EVERY_ADDRESS
from tests.permissions.town import make_town
from tests.permissions.walking import Visit, sent

# What counts attempts, who is signed in, and the log of the queue: how often, not what
BESIDE_THE_ACT = {"foundation_sharedvalue", "django_session", "procrastinate_events", "usersessions_usersession"}
Facts = Mapping[str, str]


@dataclass(frozen=True)
class Act:
    """A POST that somebody may do, with her client."""

    visit: Visit
    role: str
    client: Client

    def __str__(self) -> str:
        return f"{self.visit.name} ({self.visit.about}) by the {self.role}"

    def do(self) -> int:
        """Do it in a window of her own; returns the status."""
        window = Client()
        window.cookies.update(self.client.cookies)
        return window.post(self.visit.url, sent(self.visit.form)).status_code


class Stage:
    """The town, and a copy of every table, so that what was done can be taken back."""

    def __init__(self) -> None:
        neighbour: Any = make_user("Nora Nabo")
        town = make_town(make_kolding(), neighbour)
        words: Any = make_user("Rosa Redaktør")
        appoint(words, "vocabulary_editor")
        operator: Any = make_user("Dina Drift")
        appoint(operator, "operator")
        make_organisation(make_koebenhavn(), "Et andet sted", owner=make_user("Frank Fremmed"))
        visits = [*own_visits(town), *municipal_visits(town)]
        people = {
            "person without a role": neighbour,
            **town.people,
            "editor of the shared words": words,
            "operator": operator,
        }
        self.acts = [
            Act(visit, role, signed_in(people[role])) for visit in visits if visit.form is not None
            for role in (first_who_may(visit, people),) if role
        ]  # fmt: skip
        self.tables = sorted(set(connection.introspection.table_names()) - {"django_migrations"})
        self._before = self._digests()
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA kept")
            for table in self.tables:
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')

    def leave(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA kept CASCADE")

    def go_back(self) -> None:
        """Put every table that has changed back to how it was."""
        changed = [table for table, digest in self._digests().items() if digest != self._before[table]]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in changed:
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.execute(f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE SELECT * FROM kept."{table}"')

    def one_after_the_other(self, *acts: Act) -> Facts:
        """What would be if they came one after the other; nothing of it stays."""
        with transaction.atomic():
            for act in acts:
                with transaction.atomic():
                    act.do()
            facts = self.facts()
            transaction.set_rollback(True)
        return facts

    def at_the_same_moment(self, *acts: Act) -> tuple[list[Any], Facts]:
        """What each was answered, and what is then."""
        answers = at_once(*(act.do for act in acts))
        facts = self.facts()
        self.go_back()
        return answers, facts

    def facts(self) -> Facts:
        """How many rows each table has, in which states and versions, and which of their fields are empty."""
        return dict(self._ask(counted))

    def _digests(self) -> Facts:
        return dict(self._ask(digested))

    def _ask(self, question: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(question(table) for table in self.tables))
            yield from cursor.fetchall()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def first_who_may(visit: Visit, people: Mapping[str, Any]) -> str:
    """The first role that the permission table says may do it; nothing where it is no POST."""
    head, _line, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in read()[EVERY_ADDRESS]]
    rows = {
        (row[0], row[1]): Counter(dict(zip(head[2:], (word == "yes" for word in row[2:]), strict=True)))
        for row in lines
    }
    may = rows.get((f"POST {visit.name}", visit.about), Counter[str]())
    return next((role for role in people if may[role]), "")


def counted(table: str) -> str:
    """A question for the number of a table's rows, for their states and versions where they have some, and what is empty.

    A day on which something ended, or who has done it, is empty until it is so.
    """
    empty = "(SELECT string_agg(key, '-' ORDER BY key) FROM jsonb_each(to_jsonb(t)) WHERE value = 'null')"
    of_row = f"concat_ws(' ', to_jsonb(t)->>'state', to_jsonb(t)->>'version', 'without ' || {empty})"
    states = f"(SELECT string_agg(s, ', ' ORDER BY s) FROM (SELECT {of_row} AS s FROM public.\"{table}\" t) each)"
    if table in BESIDE_THE_ACT:
        return f"SELECT '{table}', ''"
    return f"SELECT '{table}', count(*) || ': ' || coalesce({states}, '') FROM public.\"{table}\""


def digested(table: str) -> str:
    return f"SELECT '{table}', count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM \"{table}\" t"
