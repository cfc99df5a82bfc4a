"""Whom a party's news goes to, and who can be its contact."""

from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.meetings.recipients import people_of_departments, team_of
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS

from .models import Agreement, Party
from .rules import parties_of, speaks_for


def people_of_party(party: Party) -> list[User]:
    """The contact as long as she speaks for the party, else its team or those who hold a role in the department."""
    if party.contact is not None and party.contact.is_active and speaks_for(party.contact, party):
        return [party.contact]
    if party.department is not None:
        return people_of_departments(party.department.municipality_id, [party.department.pk])
    return team_of(party.organisation_id or 0)


def others_in(agreement: Agreement, by: User) -> list[User]:
    """The people of all parties but the person herself."""
    people = {user.pk: user for party in parties_of(agreement) for user in people_of_party(party)}
    return [user for user in people.values() if user.pk != by.pk]


def possible_contacts(party: Party) -> list[User]:
    """The organisation's team, or those who work for the department's municipality, by name."""
    if party.department is None:
        people = team_of(party.organisation_id or 0)
    else:
        roles = Role.objects.current().filter(kind__in=EMPLOYEE_KINDS, municipality=party.department.municipality_id)
        people = list(User.objects.filter(pk__in=roles.order_by().values("user"), is_active=True).order_by("pk"))
    return sorted(people, key=lambda user: danish_key(str(user)))
