"""docs/permissions.md: its parts, compared with what the product does, or written anew by `make permissions`.

FYRTAARN_TEST_WRITE_PERMISSIONS holds what is written: nothing, `all`, or one room, whose addresses alone are visited.
"""

import os
from collections.abc import Sequence
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"
HEADING = """# Who may see and do what

`make permissions` writes these tables anew (`make permissions ROOM=entrance` the rows of one room), and the tests fail
when the product behaves otherwise. Read each change of them with care.
"""
PARTS = {
    "Every address": """
Every address of the product, visited as every role, with an object in the state that the act needs and a form that
lacks nothing.

- **yes**: the page opens, or the act is carried out
- **form**: nothing is done, and the form comes back with what is missing or why it cannot be done
- **no**: refused, and told why (403)
- **hidden**: as if it were not there (404)
- **sign in**: asked to sign in first

“Own” and “other” are seen from Kolding, its social department and the example organisation. The last column is one
person who holds every role of Copenhagen at once: what she is refused is refused to each of them.
""",
    "The other municipality": """
The same objects in Copenhagen, visited by Copenhagen's own people and by Kolding's, role by role. The words are those
of the first table. At addresses that name Kolding instead, nobody reaches any of them.
""",
    "What is no page": """
Lists as files, feeds, search, suggestions, the interface for programs, notices and mail: who finds which thing where.
A thing has a word of its own that stands nowhere else; **yes** means that the answer holds the word. Where nobody finds
a thing there is no row.
""",
}


WRITTEN = os.environ.get("FYRTAARN_TEST_WRITE_PERMISSIONS", "")
ONE_ROOM = f"{WRITTEN}:" if WRITTEN != "all" else ""


def agrees(part: str, lines: Sequence[str]) -> None:
    """Compare one part of the document with what was found; write it first where that was asked for."""
    if WRITTEN:
        write({**read(), part: list(lines)})
    assert read().get(part) == list(lines), (
        f"the product behaves otherwise than “{part}” in docs/permissions.md says; `make permissions` shows how"
    )


def agrees_by_address(part: str, lines: Sequence[str]) -> None:
    """The same for a table of addresses, of which one room's rows may have been walked alone."""
    head, rows = lines[:2], list(lines[2:])
    if WRITTEN and ONE_ROOM:
        rows += [row for row in read()[part][2:] if not _address(row).startswith(ONE_ROOM)]
    agrees(part, [*head, *sorted(rows, key=_address)])


def _address(row: str) -> str:
    return row.split()[2]


def read() -> dict[str, list[str]]:
    """The tables of the document, by the title of their part."""
    tables: dict[str, list[str]] = {}
    part = ""
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif line.startswith("|"):
            tables.setdefault(part, []).append(line)
    return tables


def write(tables: dict[str, list[str]]) -> None:
    parts = (
        f"\n## {part}\n{text}\n" + "".join(f"{line}\n" for line in tables.get(part, ())) for part, text in PARTS.items()
    )
    DOCUMENT.write_text(HEADING + "".join(parts))
