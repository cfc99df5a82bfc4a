"""The account of a year on paper: tagged so that a screen reader reads it (PDF/UA-1), set by Typst."""

import json
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.paper import on_paper, printable

from .accounts import Account, chart_of

PAGE = Path(__file__).with_name("account.typ")


def account_on_paper(account: Account) -> bytes:
    """The PDF in the reader's language."""
    return on_paper(PAGE, {"said": json.dumps(_words(account))})


def _words(account: Account) -> dict[str, object]:
    chart = chart_of(account)
    drawn = [f"{bar.label}: {bar.amount}" for bar in chart.bars]
    return {
        "lang": get_language() or "da",
        "title": printable(_("%(pool)s: account for %(year)s") % {"pool": account.pool.label, "year": account.year}),
        "place": account.pool.municipality.label,
        "lead": "" if account.is_over else _("The year is not over. This is how it stands today."),
        "tables": [
            _table(_("Through the year"), account.rows),
            _table(_("What the money at the end is for"), account.standing),
        ],
        "contributors": {
            "title": _("Contributors"),
            "head": [_("Contributor"), _("Decided sum"), _("Paid"), _("Not paid in time")],
            "rows": [
                [printable(str(one.contributor)), kroner(one.decided), kroner(one.paid), kroner(one.late)]
                for one in account.given
            ],
        },
        "chart": render_to_string("pools/chart.svg", {"chart": chart}),
        "chart_title": chart.title,
        "chart_alt": ". ".join([chart.title, *drawn]),
        "amount": _("Amount"),
        "what": _("What"),
        "foot": printable(f"{account.pool.label} · {date_format(clock.today(), 'DATE_FORMAT')}"),
    }


def _table(title: str, rows: list[tuple[str, int]]) -> dict[str, object]:
    return {"title": title, "rows": [[label, kroner(oere)] for label, oere in rows]}
