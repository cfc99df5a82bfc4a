"""Personas for every role, and a contact in each invented organisation, so that each can be written to."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import NoticeChoice, Rhythm
from fyrtaarn.foundation.notices import KINDS
from fyrtaarn.organisations.models import MembershipKind
from fyrtaarn.people.models import NationalRole, Role, User

from ..book import Book, Row, Words
from ..moments import moment
from ..reading import rows, table

JOINED_DAYS = 700


def load(book: Book) -> None:
    words = Words.read()
    personas = book.new("person", rows("personas"))
    users = {row["key"]: persona(row) for row in personas}
    contacts = book.new("person", contact_rows())
    users |= {row["key"]: contact(row) for row in contacts}
    User.objects.bulk_create(users.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users.values()
    )
    Role.objects.bulk_create(
        Role(
            user=users[row["key"]],
            kind=role["kind"],
            municipality=words.municipalities[role["municipality"]],
            department=words.departments.get((role["municipality"], role.get("department", ""))),
            starts=clock.today() - timedelta(days=JOINED_DAYS),
        )
        for row in personas
        for role in row["roles"]
    )
    NationalRole.objects.bulk_create(
        NationalRole(user=users[row["key"]], kind=kind, starts=clock.today() - timedelta(days=JOINED_DAYS))
        for row in personas
        for kind in row.get("national_roles", ())
    )
    mail_nothing_to(users[row["key"]] for row in contacts)
    book.write("person", users)


def persona(row: Row) -> User:
    return user(
        row["key"],
        name=f"{row['first_name']} {row['last_name']}",
        title=row["role_da"],
        language=row["language"],
        persona=row["one_line_da"],
        persona_en=row["one_line_en"],
    )


def contact(row: Row) -> User:
    return user(row["organisation"], name=row["name"], language="da")


def user(address: str, **fields: str) -> User:
    """Signs in as a persona or not at all: there is no password."""
    return User(
        email=f"{address}@example.dk", password=make_password(None), joined=moment(JOINED_DAYS, address), **fields
    )


def contact_rows() -> list[Row]:
    """One invented person for each invented organisation that no persona owns."""
    names = table("names")
    first, last = names["first"], names["last"]
    owned = {
        membership["organisation"]
        for row in rows("personas")
        for membership in row["memberships"]
        if membership["kind"] == MembershipKind.OWNER
    }
    alone = [row for row in rows("organisations") if row["example"] and row["key"] not in owned]
    return [
        {
            "key": contact_key(row["key"]),
            "organisation": row["key"],
            "name": f"{first[number % len(first)]} {last[number % len(last)]}",
        }
        for number, row in enumerate(alone)
    ]


def contact_key(organisation: str) -> str:
    return f"contact-{organisation}"


def mail_nothing_to(users: Iterable[User]) -> None:
    """Nobody reads the mail of the invented contacts, so the demo's mailbox stays with the personas."""
    NoticeChoice.objects.bulk_create(
        NoticeChoice(user=user, kind=kind, rhythm=Rhythm.NONE) for user in users for kind in KINDS
    )
