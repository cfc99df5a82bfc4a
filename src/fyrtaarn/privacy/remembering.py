"""The list of those who have been erased, kept beside the backups, so that a restore erases them again.

A line holds the number of an account, a sum by which the same account is known, and a day: nothing that says who it
was. The list is written anew after each erasure, every night and with each backup; a restore reads it.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings

from fyrtaarn.people.models import User

from .models import Erasure

LIST = "erased.json"


def write_list(folder: Path | None = None) -> None:
    """Write the list into `folder`, else where backups are kept, if anywhere; what it says already stays in it."""
    kept_in = folder or (Path(settings.ENVIRONMENT.backup_dir) if settings.ENVIRONMENT.backup_dir else None)
    if kept_in is None:
        return
    kept_in.mkdir(parents=True, exist_ok=True)
    path = kept_in / LIST
    done = Erasure.objects.exclude(done=None).select_related("person").order_by("pk")
    lines = read_list(path) | {_sum(one.person): f"{one.done:%Y-%m-%d}" for one in done}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(lines, indent=1))
    part.replace(path)


def read_list(path: Path) -> dict[str, str]:
    """The day of erasure by the sum of each account; empty where there is no list."""
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found


def living(lines: dict[str, str]) -> list[User]:
    """Those on the list who are here unerased, as in a database that comes from an earlier backup."""
    numbers = [int(line.split("-")[0]) for line in lines]
    people = User.objects.filter(pk__in=numbers).exclude(erasures__done__isnull=False).order_by("pk")
    return [person for person in people if _sum(person) in lines]


def _sum(person: User) -> str:
    """The account's number and what else it was born with: another installation's account of that number differs."""
    born = hashlib.sha256(f"{person.pk} {person.joined.timestamp()}".encode()).hexdigest()[:16]
    return f"{person.pk}-{born}"
