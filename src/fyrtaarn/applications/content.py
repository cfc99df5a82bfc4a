"""What an application says, as it is kept when it is sent and as everybody reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.money import kroner

from .budget import Line, Totals, totals
from .models import Application, BottomLine, CostKind, Source

TEXTS = ("what", "for_whom", "why", "future_economy", "shown")


def content_of(application: Application) -> dict[str, Any]:
    """All that the application says, JSON-able."""
    return {
        **{name: getattr(application, name) for name in ("title", *TEXTS)},
        "starts": application.starts.isoformat() if application.starts else None,
        "ends": application.ends.isoformat() if application.ends else None,
        "stage": application.stage.pk if application.stage else None,
        "solution": _named(application.solution),
        "challenge": _named(application.challenge),
        "district": application.district.name if application.district else "",
        "aid_declared": application.aid_declared,
        "lines": [
            {"kind": line.kind, "text": line.text, "oere": line.oere, "source": line.source}
            for line in application.lines.all()
        ],
        "goals": [
            {"bottom_line": goal.bottom_line, "text": goal.text, "measure": goal.measure, "target": goal.target}
            for goal in application.goals.all()
        ],
        "aid": [
            {"cvr": aid.cvr, "giver": aid.giver, "day": aid.day.isoformat(), "cents": aid.cents, "regime": aid.regime}
            for aid in application.declared_aid.all()
        ],
        "linked": [{"cvr": one.cvr, "name": one.name} for one in application.linked.all()],
    }


def _named(subject: Any) -> dict[str, Any] | None:
    return {"title": str(subject), "path": subject.path} if subject is not None else None


@dataclass(frozen=True)
class Whole:
    """An application as it reads: the row, and what it says now or said when it was sent."""

    application: Application
    content: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.content["title"] or self.application)

    @property
    def texts(self) -> list[tuple[str | Promise, str]]:
        """Label and text of each part that says something."""
        fields = {name: self.application._meta.get_field(name).verbose_name for name in TEXTS}  # type: ignore[union-attr]
        return [(_capital(fields[name]), self.content[name]) for name in TEXTS if self.content[name].strip()]

    @property
    def period(self) -> str:
        """From the first day to the last; `ends` is the day after it."""
        starts, ends = self.content["starts"], self.content["ends"]
        if not starts or not ends:
            return ""
        first, last = date.fromisoformat(starts), date.fromordinal(date.fromisoformat(ends).toordinal() - 1)
        return f"{date_format(first, 'DATE_FORMAT')}–{date_format(last, 'DATE_FORMAT')}"

    @property
    def lines(self) -> list[Line]:
        return [Line(**line) for line in self.content["lines"]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The budget's lines in words."""
        return [
            {
                "kind": CostKind(line.kind).label,
                "text": line.text,
                "source": Source(line.source).label,
                "amount": kroner(line.oere),
            }
            for line in self.lines
        ]

    @property
    def sums(self) -> list[tuple[str | Promise, str]]:
        """Who pays how much, and the whole."""
        found = self.totals
        return [
            (Source.POOL.label, kroner(found.pool)),
            (Source.OWN.label, kroner(found.own)),
            (Source.OTHERS.label, kroner(found.others)),
            (_("All together"), kroner(found.total)),
        ]

    @property
    def asked(self) -> str:
        """What the pool is asked for, as money."""
        return kroner(self.totals.pool)

    @property
    def totals(self) -> Totals:
        return totals(self.lines)

    @property
    def goals(self) -> list[dict[str, Any]]:
        return [{**goal, "whose": BottomLine(goal["bottom_line"]).label} for goal in self.content["goals"]]

    @property
    def aid(self) -> list[dict[str, Any]]:
        """Declared aid in words, in euro."""
        return [
            {**one, "day": date.fromisoformat(one["day"]), "euro": f"{one['cents'] // 100}.{one['cents'] % 100:02}"}
            for one in self.content["aid"]
        ]


@dataclass(frozen=True)
class Changed:
    """One thing that reads otherwise than before."""

    label: str | Promise
    before: str
    after: str


def changes(before: Whole, after: Whole) -> list[Changed]:
    """What differs between two readings of the same application."""
    pairs = [(label, _words(before, name), _words(after, name)) for name, label in LABELS.items()]
    return [Changed(label, was, is_now) for label, was, is_now in pairs if was != is_now]


def _words(whole: Whole, name: str) -> str:
    match name:
        case "period":
            return whole.period
        case "lines":
            return "\n".join(f"{r['kind']}: {r['text']}, {r['amount']} ({r['source']})" for r in whole.rows)
        case "goals":
            return "\n".join(f"{g['whose']}: {g['text']}. {g['measure']} {g['target']}".strip() for g in whole.goals)
        case "aid":
            return "\n".join(f"{a['cvr']}, {a['giver']}, {a['day']}, € {a['euro']}" for a in whole.aid)
        case "linked":
            return "\n".join(f"{one['cvr']} {one['name']}" for one in whole.content["linked"])
        case _:
            return str(whole.content[name])


LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "what": _("What will you do?"),
    "for_whom": _("For whom?"),
    "why": _("Why is it needed?"),
    "shown": _("What have you shown already?"),
    "district": _("District"),
    "period": _("Period"),
    "goals": _("Effect goals"),
    "lines": _("Budget"),
    "future_economy": _("How will it carry itself afterwards?"),
    "aid": _("State aid in the last three years"),
    "linked": _("Linked enterprises"),
}


def _capital(words: str | Promise) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]
