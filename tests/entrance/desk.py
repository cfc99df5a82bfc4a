"""A municipality with topics, contact persons in two departments, and people who ask."""

from dataclasses import dataclass
from typing import Any

from fyrtaarn.entrance import actions
from fyrtaarn.entrance.models import Case, CaseTopic, ContactProfile
from tests.harness.people import make_department, make_employee, make_organisation, make_user


@dataclass
class Desk:
    """Two departments with contact persons, a lead and a community manager; an asker with an organisation; a stranger."""

    municipality: Any
    social: Any
    culture: Any
    rooms: CaseTopic
    care: CaseTopic
    karl: Any
    dorte: Any
    lea: Any
    kaja: Any
    manager: Any
    administrator: Any
    owner: Any
    organisation: Any
    stranger: Any


def make_contact(user: Any, department: Any, *topics: CaseTopic, **fields: Any) -> ContactProfile:
    contact = ContactProfile.objects.create(user=user, department=department, **fields)
    contact.topics.set(topics)
    return contact


def make_desk(municipality: Any) -> Desk:
    """Karl takes care of care, Dorte is his deputy, Lea leads; Kaja takes care of rooms in the other department."""
    social: Any = make_department(municipality, "Socialforvaltningen")
    culture: Any = make_department(municipality, "Kulturforvaltningen")
    rooms = CaseTopic.objects.create(
        municipality=municipality, name="Lokaler", words="lokaler leje værksted", department=culture, days=5
    )
    care = CaseTopic.objects.create(
        municipality=municipality, name="Ældre", words="plejehjem ensomme besøgsvenner", department=social, days=3
    )
    karl = make_employee(municipality, "contact_person", social, name="Karl Kontakt")
    dorte = make_employee(municipality, "contact_person", social, name="Dorte Deputeret")
    lea = make_employee(municipality, "department_lead", social, name="Lea Leder")
    kaja = make_employee(municipality, "contact_person", culture, name="Kaja Kultur")
    deputy = make_contact(dorte, social)
    make_contact(karl, social, care, deputy=deputy, help_da="Jeg ved noget om plejehjem.")
    make_contact(kaja, culture, rooms)
    owner = make_user("Olga Ejer")
    return Desk(
        municipality,
        social,
        culture,
        rooms,
        care,
        karl,
        dorte,
        lea,
        kaja,
        make_employee(municipality, "community_manager", name="Trine Bro"),
        make_employee(municipality, "municipality_administrator", name="Mads Administrator"),
        owner,
        make_organisation(municipality, "Eksempelværkstedet", owner=owner),
        make_user("Frida Fremmed"),
    )


CARE = "Vi vil gerne spise med beboerne på et plejehjem. Hvem skal vi tale med?"


def asked(desk: Desk, text: str = CARE, **known: Any) -> Case:
    """A question of the owner's."""
    return actions.ask(desk.owner, desk.municipality, text, **known)


def routed(desk: Desk, text: str = CARE, **known: Any) -> Case:
    """The same with the social department, where Karl has it."""
    return actions.route(desk.manager, asked(desk, text, **known), desk.social, desk.care)


def guest_case(desk: Desk, email: str = "gaest@example.dk", text: str = CARE) -> Case:
    """A guest's question that nobody has confirmed."""
    return actions.ask(None, desk.municipality, text, name="Gerda Gæst", email=email)
