"""Hostile people at every address and every form: no fault of ours, nothing half done, and what they wrote is kept."""

from typing import Any

import pytest

from .addresses import Address, addresses
from .asking import encoded, page_of, refused, shortly
from .attempts import NOT_A_FORM, WRITTEN, attempts
from .ground import INPUTS, NOBODY, Ground, explore
from .pages import Form
from .values import EVERYTHING, NOT_UTF8, File, as_bytes

SHORT_ADDRESSES, SHORT_FORMS = 80, 60


@pytest.mark.timeout(1800 + 600 * INPUTS)
def test_no_address_and_no_form_breaks(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    explore(ground)
    for address in some(ground, addresses(), SHORT_ADDRESSES):
        ask(ground, address)
    for found in some(ground, list(ground.found.forms.values()), SHORT_FORMS):
        for role in ground.dice.sample(list(found), min(INPUTS, len(found))):
            send(ground, role, found[role])
    with capsys.disabled():
        print(f"\n{ground.summary()}")
    faults = ground.faults()
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])


def some(ground: Ground, everything: list[Any], most: int) -> list[Any]:
    """In the short form some of them, in the long form all."""
    return everything if INPUTS > 1 else ground.dice.sample(everything, min(most, len(everything)))


def ask(ground: Ground, address: Address) -> None:
    """Hostile words in the path and in the question, and bodies that are no form."""
    dice, known = ground.dice, ground.found.places[address.name]
    for _time in range(ground.times):
        for role in dice.sample(list(ground.askers), 2):
            asker, values = ground.askers[role], dict(dice.choice(known)) if known else {}
            lacking = [place for place in address.places if place not in values]
            values |= dict.fromkeys(lacking, "1")
            question = f"?{encoded(questions(ground, address.name), multipart=False)[0].decode()}"
            asker.get(address.path(values) + question, **({"HX-Request": "true"} if dice.random() < 0.3 else {}))
            if address.places:
                asker.get(address.path(values | {dice.choice(address.places): dice.choice(EVERYTHING)[:9_000]}))
            asker.post(address.path(values), *dice.choice(NOT_A_FORM))


def questions(ground: Ground, name: str) -> list[tuple[str, str | bytes]]:
    """Some of what the address takes in its question, and something that others take."""
    dice = ground.dice
    others = sorted(set().union(*ground.found.questions.values()))
    names = [*sorted(ground.found.questions[name]), dice.choice(others)]
    chosen = dice.choices(names, k=dice.randint(1, 4))
    return [(one, dice.choice(NOT_UTF8) if dice.random() < 0.1 else dice.choice(EVERYTHING)[:9_000]) for one in chosen]


def send(ground: Ground, role: str, form: Form) -> None:
    """Every attempt as the role that has found the form, and once in a while as somebody else."""
    anybody = list(ground.askers)
    for pairs, multipart in attempts(form, ground.dice, ground.times):
        astray = role == NOBODY or ground.dice.random() < 0.1
        asker = ground.askers[ground.dice.choice(anybody) if astray else role]
        response = asker.post(form.path, *encoded(pairs, multipart=multipart), sent=pairs)
        if response is not None and response.status_code in (200, 409, 422):
            asker.faults += judge_page(form, pairs, response)


def judge_page(form: Form, pairs: list[Any], response: Any) -> list[str]:
    """A form that comes back says what is wrong, and holds what was written."""
    page = page_of(response)
    back = [one for one in page.forms if form.names and {*form.names} <= {*one.names}]
    if not back:
        return []
    where = f"{form.path} {shortly(pairs)}"
    if not refused(response):
        return [f"{where}: no word of what is wrong"]
    shown = {control.name: control for control in back[0].controls}
    sent = {name: value for name, value in pairs if not isinstance(value, File)}
    return [
        f"{where}: {name} came back as {shortly(shown[name].value)}"
        for name in form.names
        if name in sent and shown[name].kind in WRITTEN and legible(sent[name]) != legible(shown[name].value)
    ]


def legible(text: str | bytes) -> str:
    """What a reader sees of a text: no control characters, no spaces, and no broken letters."""
    whole = (text if isinstance(text, bytes) else as_bytes(text)).decode(errors="ignore")
    return "".join(sign for sign in whole if sign.isprintable() and sign not in " \ufffd")
