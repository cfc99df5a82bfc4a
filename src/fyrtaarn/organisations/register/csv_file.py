"""A register in a CSV file: columns cvr, name, address, postcode, town, municipality_code, status (UTF-8, comma)."""

import csv
from pathlib import Path

from .answers import Company, NotInRegister, RegisterUnavailable


def company_from_csv(cvr: str, path: str) -> Company:
    """Find the number in the file. Raises NotInRegister or RegisterUnavailable."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if (row.get("cvr") or "").strip() == cvr:
                    return _company(row)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise RegisterUnavailable(str(fault)) from fault
    raise NotInRegister(cvr)


def _company(row: dict[str, str]) -> Company:
    fields = ("cvr", "name", "address", "postcode", "town", "municipality_code", "status")
    return Company(**{name: (row.get(name) or "").strip() for name in fields}, register="csv")
