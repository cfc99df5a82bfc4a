"""A person who has left traces everywhere, and a look for them in every table."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import connection, transaction
from django.test import Client

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.foundation import notices
from fyrtaarn.imports.models import ImportRow, ImportRun
from fyrtaarn.listings.models import SavedSearch
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.organisations import actions as organisation_actions
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people import actions as people_actions
from fyrtaarn.people.models import User
from fyrtaarn.vocabulary.models import AskedQuestion
from tests.permissions.town import Town

NAME, PHONE = "Asta Åkjær-Example", "24 68 13 57"
FIRST, SECOND = "asta.aakjaer@example.dk", "asta@vaerksted.example.org"
KNOWN_BY = ("olga ejer", "olga-ejer", "asta åkjær", FIRST, SECOND, "24681357", PHONE, "oidc-4711", "198.51.100.7")


def make_asta(town: Town) -> Any:
    """The owner of the town's organisation after some years here; another person owns it with her."""
    person: Any = town.owner
    Membership.objects.filter(user=town.people["organisation member"]).update(kind="owner")
    EmailAddress.objects.filter(user=person).update(email=FIRST)
    User.objects.filter(pk=person.pk).update(email=FIRST)
    person.refresh_from_db()
    people_actions.change_profile(person, {"name": NAME, "phone": PHONE, "title": "Leder", "language": "da"})
    person.refresh_from_db()
    Client().post("/konto/login/", {"login": FIRST, "password": "en lang og god sætning"}, REMOTE_ADDR="198.51.100.7")
    second = EmailAddress.objects.create(user=person, email=SECOND, verified=False)
    EmailConfirmation.objects.create(email_address=second, key="et brev")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "hemmeligt"})
    SocialAccount.objects.create(user=person, provider="kolding", uid="oidc-4711", extra_data={"name": NAME})
    SavedSearch.objects.create(user=person, name=f"{NAME}s søgning", question="cykler")
    open_dialogue = town.dialogues["open dialogue"]
    meeting_actions.write(person, open_dialogue, f"Ring til mig på {PHONE}. Hilsen {NAME}")
    organisation_actions.invite(town.people["organisation member"], town.organisation, SECOND, "member")
    organisation_actions.invite(person, town.organisation, "ny@example.dk", "member")
    agreement_actions.tell_status(person, town.agreements["public agreement"], "on_track", "Det går godt.")
    people_actions.invite(SECOND, "buyer", town.municipality, by=town.administrator)
    run = ImportRun.objects.order_by("pk").first()
    assert run is not None
    ImportRow.objects.create(run=run, number=99, cells=["Foreningen", NAME, FIRST, "24681357"])
    AskedQuestion.objects.create(text=f"hvem er {NAME}".lower(), municipality=town.municipality, day="2026-01-01")
    told = {"organisation": "X", "person": NAME}
    with transaction.atomic():
        notices.tell("organisations.joined", [person, town.editor], path="/min/overblik/", params=told)
    return person


def found_in(*texts: str) -> set[str]:
    """Every column of every table, history and index included, in which one of the texts stands."""
    pattern = "|".join(text.replace(".", r"\.") for text in texts)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN pg_tables ON tablename = table_name"
            " WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        found = set()
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ~* %s)', [pattern])
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found
