"""Secrets that lie encrypted in the database: AES with a key that follows from the secret key (Fernet)."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"fyrtaarn secrets in the database"
MARK = "encrypted:"


def encrypt(text: str) -> str:
    """The text, readable for this installation alone."""
    return MARK + _cipher().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """What was encrypted. Raises cryptography.fernet.InvalidToken where the secret key is another one.

    Text without the mark was written by the version before, while both were running.
    """
    if not text.startswith(MARK):
        return text
    return _cipher().decrypt(text.removeprefix(MARK).encode()).decode()


def _cipher() -> Fernet:
    key = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
