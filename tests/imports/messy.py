"""A workbook as a municipality might have it: 500 challenges, 20 kinds of mistakes, and how each is mended."""

import io
from dataclasses import dataclass
from typing import Any

import openpyxl

HEADINGS = [
    "Overskrift",
    "Beskrivelse",
    "Forvaltning",
    "Tema",
    "Målgruppe",
    "Verdensmål",
    "Bydel",
    "Svarfrist",
    "Status",
    "Muligheder",
    "Synlighed",
    "Kontaktperson",
    "Øvrige forvaltninger",
    "Hvornår",
    "Sagsnr.",
]
COLUMN = {heading: place for place, heading in enumerate(HEADINGS)}
FIRST_ROW = 3  # a line with a title stands above the headings
ROWS = 500
LONG = "En meget lang overskrift " * 8


@dataclass(frozen=True)
class Mistake:
    """In which column, what stands there, what the fault begins with (English), and what mends it."""

    heading: str
    wrong: Any
    fault: str
    right: str


MISTAKES = [
    Mistake("Overskrift", None, "This must be filled in.", "Unge uden fritidsliv i den nordlige bydel"),
    Mistake("Overskrift", LONG, "This is 199 characters long", "En kortere overskrift"),
    Mistake("Overskrift", "udfordring nummer 411!", "Row ", "Noget helt andet end de andre"),
    Mistake("Beskrivelse", None, "This must be filled in before it can be published", "Sådan er det i dag."),
    Mistake("Beskrivelse", "#REF!", "The formula in this cell has failed", "Sådan er det i dag."),
    Mistake("Beskrivelse", "=A1", "The formula in this cell has no result", "Sådan er det i dag."),
    Mistake(
        "Forvaltning", "Socalforvaltningen", "“Socalforvaltningen” is not known. Did you mean", "Socialforvaltningen"
    ),
    Mistake("Forvaltning", None, "This must be filled in before it can be published", "Socialforvaltningen"),
    Mistake("Tema", "Ensomhed; Rumfart", "“Rumfart” is not known", "Ensomhed"),
    Mistake("Målgruppe", "Marsboere", "“Marsboere” is not known", "Unge"),
    Mistake("Verdensmål", "18", "“18” is not known", "3"),
    Mistake("Bydel", "Atlantis", "“Atlantis” is not known", "Vamdrup"),
    Mistake("Svarfrist", "snart", "“snart” is not a date", "24.12.2031"),
    Mistake("Svarfrist", "31.02.2031", "“31.02.2031” is not a date", "28-02-2031"),
    Mistake("Svarfrist", "01.01.2020", "The date 01.01.2020 has passed", "2031-01-01"),
    Mistake("Status", "Måske", "“Måske” is not known. It can be", "Kladde"),
    Mistake("Muligheder", "Prøvehandling, gaver", "“gaver” is not known", "Prøvehandling"),
    Mistake("Synlighed", "hemmelig", "“hemmelig” is not known", "Intern"),
    Mistake("Kontaktperson", "ikke en adresse", "“ikke en adresse” is not known", ""),
    Mistake("Øvrige forvaltninger", "Rumforvaltningen", "“Rumforvaltningen” is not known", ""),
    Mistake("Hvornår", "x" * 201, "This is 201 characters long", "Hele 2031"),
]
MERGED = "This cell is merged with another"


def place_of(number: int) -> int:
    """The row of the n-th mistake in the workbook: every 20th row."""
    return FIRST_ROW + 20 * number


def good_row(number: int) -> list[Any]:
    """A row that is well, in its own words."""
    return [
        f"Udfordring nummer {number}",
        f"Beskrivelse af situation {number}: der mangler steder at mødes.",
        "Socialforvaltningen" if number % 2 else "Kultur-, Fritids- og Borgerserviceforvaltningen",
        "Ensomhed, Mad og madspild" if number % 3 else "Loneliness",
        "Unge" if number % 2 else "Ældre; Unge",
        "SDG 3" if number % 2 else "3",
        "Vamdrup",
        "24.12.2031" if number % 2 else 48_000,
        "Offentliggjort",
        "Prøvehandling, Samarbejde",
        "Offentlig",
        None,
        None,
        "I løbet af året",
        f"S-{number}",
    ]


def messy_workbook() -> bytes:
    """The workbook: a title above, empty rows between, a hidden sheet, merged cells and the mistakes."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Udfordringer"
    sheet.append(["Udfordringer i Kolding Kommune"])
    sheet.append(HEADINGS)
    for number in range(ROWS):
        for column, value in enumerate(good_row(number), 1):
            sheet.cell(FIRST_ROW + number, column, value)
    for number, mistake in enumerate(MISTAKES):
        cell = sheet.cell(place_of(number), COLUMN[mistake.heading] + 1)
        cell.value = mistake.wrong
        if mistake.wrong == "#REF!":
            cell.data_type = "e"
    merged = place_of(len(MISTAKES))
    sheet.merge_cells(start_row=merged, end_row=merged + 1, start_column=7, end_column=7)
    sheet.insert_rows(FIRST_ROW + ROWS - 5)  # an empty row near the end
    book.create_sheet("Gamle lister").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
