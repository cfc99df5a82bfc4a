"""Where a mail of ours may be answered, and where it comes back to when it cannot be delivered.

Both addresses name the mail and carry a seal, so that only whoever has got the mail can write to its thread:
`svar+s3f-k4x…@svar.example.dk` (svar: answer) and `svar+r3f-…` (retur: come back). Letters are small throughout,
because some mail programs make them so.
"""

from base64 import b32encode
from enum import StrEnum
from hmac import compare_digest
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SEAL_LETTERS = 16  # 80 bits


class Purpose(StrEnum):
    ANSWER = "s"
    RETURN = "r"


class Came(NamedTuple):
    """What was written to: as what, and to which of our mails (its primary key)."""

    purpose: Purpose
    mail: int


def taken() -> bool:
    """Whether this installation takes in answers by mail."""
    return bool(settings.REPLY_ADDRESS)


def address_of(purpose: Purpose, mail: int) -> str:
    """The address for one of our mails."""
    name, _at, host = settings.REPLY_ADDRESS.partition("@")
    what = f"{purpose}{int_to_base36(mail)}"
    return f"{name}+{what}-{_seal(what)}@{host}"


def read_address(address: str) -> Came | None:
    """What an address of ours stands for; None for any that we have not made."""
    name, _at, host = settings.REPLY_ADDRESS.lower().partition("@")
    given, _at, given_host = address.lower().rpartition("@")
    prefix, _plus, token = given.partition("+")
    what, _dash, seal = token.partition("-")
    if (prefix, given_host) != (name, host) or not compare_digest(seal.encode(), _seal(what).encode()):
        return None
    return Came(Purpose(what[0]), base36_to_int(what[1:]))


def _seal(what: str) -> str:
    digest = salted_hmac("fyrtaarn.foundation.return_addresses", what, algorithm="sha256").digest()
    return b32encode(digest).decode().lower()[:SEAL_LETTERS]
