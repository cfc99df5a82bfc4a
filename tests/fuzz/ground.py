"""A municipality with one of everything, made once for all hostile tests of a process, and what can be reached in it."""

import os
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.test import Client

from fyrtaarn.people.actions import appoint
from tests.harness.people import make_koebenhavn, make_kolding, make_user
from tests.permissions.scenario import municipal_visits, own_visits
from tests.permissions.town import Town, make_everything, make_town
from tests.permissions.walking import Visit

from .addresses import addresses
from .asking import Asker
from .pages import Control, Form
from .state import Keeper
from .walking import Found, walk

SEED = int(os.environ.get("FYRTAARN_TEST_SEED", "1"))
INPUTS = int(os.environ.get("FYRTAARN_TEST_INPUTS", "1"))  # how many times the short form

NOBODY = ""  # the role that has found a form that need not stand on any page


@dataclass
class Ground:
    """Where hostile people try their luck: the askers by role, what they have found, and the dice."""

    town: Town
    askers: dict[str, Asker]
    found: Found
    keeper: Keeper
    dice: random.Random
    times: int

    def summary(self) -> str:
        """How much was tried, in numbers."""
        asked = sum((asker.asked for asker in self.askers.values()), start=Counter[str]())
        told = ", ".join(f"{number} {method}" for method, number in asked.items())
        return f"inputs tried: {len(self.found.places)} addresses, {len(self.found.forms)} forms, {told}"

    def faults(self) -> list[str]:
        """All that was wrong since this was asked last."""
        told = [fault for asker in self.askers.values() for fault in asker.faults]
        for asker in self.askers.values():
            asker.faults.clear()
        return told


def prepare() -> Ground:
    """Make the town, and people in the roles that matter."""
    kolding = make_kolding()
    neighbour: Any = make_user("Nora Nabo")
    make_everything(make_koebenhavn(), "Alle Roller")
    town = make_town(kolding, neighbour)
    keeper_of_words: Any = make_user("Rosa Redaktør")
    for kind in ("vocabulary_editor", "operator"):
        appoint(keeper_of_words, kind)
    people = {
        "visitor": None,
        "person without a role": neighbour,
        "organisation owner": town.owner,
        "department editor": town.editor,
        "municipality administrator": town.administrator,
        "editor of the shared words": keeper_of_words,
    }
    clients = {role: Client() for role in people}
    for role, person in people.items():
        if person is not None:
            clients[role].force_login(person)
    keeper = Keeper()
    askers = {role: Asker(role, client, keeper) for role, client in clients.items()}
    return Ground(town, askers, Found(), keeper, random.Random(SEED), INPUTS)


def explore(ground: Ground) -> None:
    """Have every role walk through all pages, from every address and every visit that we know."""
    visits = [*own_visits(ground.town), *municipal_visits(ground.town)]
    begin = [one.path({}) for one in addresses() if not one.places] + [visit.url for visit in visits]
    ground.keeper.remember()
    for asker in ground.askers.values():
        walk(asker, begin, ground.found, most=ground.times)
    for visit in visits:
        ground.found.note_form(NOBODY, as_form(visit))


def as_form(visit: Visit) -> Form:
    """The form of a visit, which need not stand on any page."""
    controls = (Control(name, *read_as(value)) for name, value in visit.form.items())
    return Form(visit.url, any(isinstance(value, bytes) for value in visit.form.values()), (*controls,))


def read_as(value: Any) -> tuple[str, str]:
    """Which kind of control a value might stand in, and the value."""
    if isinstance(value, bytes):
        return "file", ""
    written = str(value[0] if isinstance(value, list) else value)
    return ("hidden" if written.isdigit() else "text"), written
