"""Hostile files and tables in every importer: read whole or refused with a reason, imported whole or not at all."""

import io
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from fyrtaarn.foundation.importing import IMPORTERS
from fyrtaarn.foundation.reading import Unreadable
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.imports import actions
from fyrtaarn.imports.actions import WrongColumns
from fyrtaarn.imports.columns import guess_columns
from fyrtaarn.imports.models import ImportRun

from .asking import Asker, encoded, ours, page_of
from .attempts import attempts
from .ground import INPUTS, Ground
from .pages import Form
from .tables import broken_files, odd_tables
from .values import EVERYTHING, File

GOOD = {
    "name": "Xylofonværkstedet", "kind": "Forening", "employees": "12", "email": "hej@example.dk", "website": "example.dk",
    "organisation": "Eksempelværkstedet", "title": "Tomme haller", "what": "Vi laver mad.", "situation": "De står tomme.",
    "department": "Socialforvaltningen", "state": "Kladde", "needed_by": "24.12.2031",
}  # fmt: skip
WORDS = {"label_da": "Ladcykler", "danish": "ladcykel, christianiacykel", "kind": "Begreb", "broader": "Cykler"}


@pytest.mark.timeout(900 + 300 * INPUTS)
def test_no_table_breaks_an_import(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    ends: Counter[str] = Counter()
    for kind, importer in IMPORTERS.items():
        headings = [str(field.label) for field in importer.fields]
        good = [GOOD.get(field.name, "") for field in importer.fields]
        unreadable = broken_files(headings) if not ends else ()  # all importers read files alike
        for content in [*unreadable, *tables(ground, headings, good)]:
            ends[go_through(ground, kind, content)] += 1
    with capsys.disabled():
        print(f"\n{ground.summary()}; tables: {', '.join(f'{number} {end}' for end, number in ends.items())}")
    faults = ground.faults()
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
    assert {"refused", "taken back"} <= ends.keys(), "nothing came through, so little is shown"


def tables(ground: Ground, headings: list[str], good: list[str]) -> list[bytes]:
    """Some tables; the first is among them, for it has a row that is well."""
    dice = ground.dice
    made = [list(odd_tables(headings, good, dice)) for _time in range(ground.times)]
    return [table for several in made for table in (several[0], *dice.sample(several[1:], 3))]


def go_through(ground: Ground, kind: str, content: bytes) -> str:
    """Upload, choose, look at, mend, import and take back; returns where it ended."""
    town, asker = ground.town, ground.askers["municipality administrator"]
    about = {"kind": kind, "municipality": str(town.municipality.pk), "file": File("liste\u202e.csv".encode(), content)}
    asker.post("/import/", *encoded(list(about.items()), multipart=True), sent=list(about.items()))
    with transaction.atomic():
        try:
            run = actions.upload(
                town.administrator, town.municipality, kind, io.BytesIO(content), name="liste.csv", size=len(content)
            )
            end = import_and_undo(ground, asker, run)
        except Unreadable:
            end = "refused"
            if changed := ground.keeper.changed():
                asker.faults.append(f"{kind} {content[:60]!r}: refused, yet changed {sorted(changed)}")
        except Exception as fault:  # noqa: BLE001 - every fault is told in the end
            end = "broken"
            asker.faults.append(f"{kind} {content[:200]!r}: {type(fault).__name__} {fault} in {ours(fault)}")
        transaction.set_rollback(True)
    ground.keeper.remember()
    return end


def import_and_undo(ground: Ground, asker: Asker, run: ImportRun) -> str:
    """What people do with a table that could be read; afterwards all is as it was."""
    importer, administrator, dice = IMPORTERS[run.kind], ground.town.administrator, ground.dice
    send_forms(ground, asker, look_around(asker, run))
    chosen = {
        column: guess.field for column, guess in enumerate(guess_columns(importer, run.municipality, run.columns))
    }
    try:
        run = actions.choose_columns(administrator, run, chosen, publish=dice.random() < 0.5)
    except WrongColumns:
        return "without the columns that are needed"
    cells = {(row.number, dice.randrange(len(run.columns))): dice.choice(EVERYTHING) for row in run.rows.all()[:3]}
    actions.mend(administrator, run, cells, {}, set())
    send_forms(ground, asker, look_around(asker, run))
    actions.leave_out_faulty(administrator, run)
    before = ground.keeper.look()
    try:
        actions.start(administrator, run)
    except Refused:
        return "all rows faulty"
    actions.perform(run.pk, administrator)
    run.refresh_from_db()
    look_around(asker, run)
    asker.get(f"/soeg/?q={run.rows.all()[0].number}")
    actions.undo(administrator, run)
    own = {importer.model._meta.db_table, *(field.m2m_db_table() for field in importer.model._meta.many_to_many)}
    after = ground.keeper.look()
    if left := {table for table in own if after[table] != before[table]}:
        asker.faults.append(f"{run.kind}: after it was taken back {sorted(left)} are not as before")
    return "taken back"


def look_around(asker: Asker, run: ImportRun) -> list[Form]:
    """Open the pages of the import; returns the forms that stand on them."""
    pages = [asker.get(f"/import/{run.pk}/{page}") for page in ("", "?vis=alle", "kolonner/")]
    shown = [page_of(page) for page in pages if page is not None and page.status_code == 200]
    return [form for page in shown for form in page.forms if form.path.startswith("/import/")]


def send_forms(ground: Ground, asker: Asker, forms: list[Form]) -> None:
    ground.keeper.remember()
    for form in forms:
        for pairs, multipart in ground.dice.sample(list(attempts(form, ground.dice, 1)), 2):
            asker.post(form.path, *encoded(pairs, multipart=multipart), sent=pairs)


@pytest.mark.timeout(900 + 300 * INPUTS)
def test_no_table_breaks_the_shared_words(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.vocabulary.conftest import begin

    begin()
    ground.keeper.remember()
    asker = ground.askers["editor of the shared words"]
    headings, good = list(WORDS), list(WORDS.values())
    shown = 0
    for content in [*broken_files(headings), *tables(ground, headings, good)]:
        sent: list[Any] = [("file", File(b"ord.csv", content))]
        response = asker.post("/administration/ord/import/", *encoded(sent, multipart=True), sent=sent)
        for form in page_of(response).forms if response is not None else ():
            if form.names == ("payload",):
                shown += 1
                for pairs, multipart in attempts(form, ground.dice, 1):
                    asker.post(form.path, *encoded(pairs, multipart=multipart), sent=pairs)
    with capsys.disabled():
        print(f"\n{ground.summary()}")
    faults = ground.faults()
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])
    assert shown, "no table could be read, so nothing is shown"
