"""What is sent with a form: as it is meant, and then in every way that it is not."""

import random
from collections.abc import Iterator

from .asking import Pair
from .pages import Control, Form
from .values import DATES, EVERYTHING, FILES, KEYS, NOT_UTF8, NUMBERS, PICTURE, TEXTS, File

WRITTEN = ("text", "textarea", "search", "tel", "url", "email", "number", "date")
MEANT = {
    "email": "ny@example.dk", "number": "1", "date": "2030-12-24", "url": "https://example.org", "tel": "12345678",
    "password": "en lang og god sætning", "textarea": "Mange ældre spiser alene hver dag. " * 4,
}  # fmt: skip
NOT_A_FORM = (
    (b"[" * 10_000, "application/json"),
    (b"\xff=%ZZ&&&==%00%&;;", "application/x-www-form-urlencoded"),
    (b"--x\r\nContent-Disposition: form-data; name=a", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary=" + "x" * 300),
    (b"\x1f\x8b\x08", "text/plain; charset=utf-7"),
    (b"", ""),
)
Attempt = tuple[list[Pair], bool]  # what is sent, and whether in parts


def attempts(form: Form, dice: random.Random, times: int) -> Iterator[Attempt]:
    """The form as it is meant, with one field hostile, all hostile, nothing, one missing, all twice, and far too many."""
    meant = [(control.name, plausible(control, dice)) for control in form.controls]
    yield meant, form.multipart
    for _time in range(times):
        for control in dice.sample(form.controls, min(2, len(form.controls))):
            yield with_(meant, control.name, hostile(control, dice)), form.multipart
        yield [(control.name, hostile(control, dice)) for control in form.controls], form.multipart
        for attempt in dice.sample(list(odd(form, meant, dice)), 2):
            yield attempt, dice.random() < 0.8 if form.multipart else dice.random() < 0.2


def odd(form: Form, meant: list[Pair], dice: random.Random) -> Iterator[list[Pair]]:
    """Fields that are missing, come twice, or that nobody has asked for."""
    yield []
    yield [(control.name, hostile(control, dice)) for control in form.controls for _time in range(2)] + meant
    yield meant + [(f"{name}-{number}", "1") for name in form.names[:1] for number in range(1_500)]
    if meant:
        lacking = dice.choice(meant)
        yield [pair for pair in meant if pair is not lacking]
        yield [(name, File(b"x.txt", b"x")) for name, _value in meant]
        yield [(f"{name}[]", value) for name, value in meant] + [(f"{name}\0", value) for name, value in meant]


def with_(pairs: list[Pair], name: str, value: str | bytes | File) -> list[Pair]:
    return [(one, value if one == name else kept) for one, kept in pairs]


def plausible(control: Control, dice: random.Random) -> str | File:
    """What somebody might really send."""
    if control.kind == "file":
        return PICTURE
    if control.choices:
        return control.value or dice.choice(control.choices)
    if control.value or control.kind == "hidden":
        return control.value
    return MEANT.get(control.kind, "Ældre spiser alene")


def hostile(control: Control, dice: random.Random) -> str | bytes | File:
    """What nobody should send; mostly of the kind that the field is about."""
    if control.kind == "file" and dice.random() < 0.9:
        return dice.choice(FILES)
    if dice.random() < 0.1:
        return dice.choice(NOT_UTF8)
    chosen = {
        "number": NUMBERS,
        "date": DATES,
        "hidden": NUMBERS + KEYS,
        "select": KEYS + NUMBERS,
        "radio": KEYS + NUMBERS,
    }
    return dice.choice(chosen.get(control.kind, TEXTS) if dice.random() < 0.8 else EVERYTHING)
