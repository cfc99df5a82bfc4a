"""The letter with a decision: a tagged PDF (PDF/UA-1) in the applicant's language, set by Typst, kept and never changed."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.paper import note_on, on_paper, printable
from fyrtaarn.people.models import User

from ..models import Decision, Outcome
from .rules import COMPLAIN_WITHIN, hearing_of

PAGE = Path(__file__).with_name("letter.typ")


def keep(decision: Decision, *, by: User) -> StoredFile:
    """Make the letter of what has just been decided, and keep it with the decision."""
    with override(decision.application.language):
        name = _("decision-%(number)s.pdf") % {"number": decision.pk}
    return keep_file(ContentFile(letter_of(decision), name=name), subject=decision, by=by)


def letter_of(decision: Decision) -> bytes:
    """The letter, in the language of the application."""
    return on_paper(PAGE, {"letter": json.dumps(words_of(decision))})


def words_of(decision: Decision) -> dict[str, Any]:
    """What the letter says, as plain strings: none of it is read as Typst."""
    application = decision.application
    with override(application.language):
        day = date_format((decision.decided or clock.now()).astimezone(clock.COPENHAGEN), "DATE_FORMAT")
        sections = [
            (_("The decision"), _outcome(decision)),
            (_("Reasons"), decision.reasons),
            (_("What you said before the decision"), _heard(decision)),
            (_("Conditions"), decision.conditions),
            (_("The rules that it rests on"), _rules(decision)),
            (_("If you disagree"), _guidance(decision)),
        ]
        title = _("Decision on “%(title)s”") % {"title": application.title}
        return {
            "lang": application.language,
            "title": printable(title),
            "from": printable(application.municipality.label),
            "to": printable(application.organisation.name),
            "cvr": f"CVR {application.organisation.cvr}" if application.organisation.cvr else "",
            "day": day,
            "sections": [[heading, printable(text).strip()] for heading, text in sections if text.strip()],
            "note": note_on(title, application.organisation.name, *(text for _heading, text in sections)),
            "foot": printable(f"{application.municipality.label} · {application.call.pool.label} · {day}"),
        }


def _outcome(decision: Decision) -> str:
    application = decision.application
    words = {
        "pool": application.call.pool.label,
        "amount": kroner(decision.oere),
        "asked": kroner(application.asked),
    }
    match decision.outcome:
        case Outcome.GRANTED:
            return _("You are granted %(amount)s from %(pool)s, as you applied for.") % words
        case Outcome.IN_PART:
            return _("You are granted %(amount)s from %(pool)s. You applied for %(asked)s.") % words
    return _("Your application to %(pool)s for %(asked)s is refused.") % words


def _heard(decision: Decision) -> str:
    hearing = hearing_of(decision)
    if hearing is None:
        return ""
    if hearing.answered is None:
        return _("We asked what you had to say to what the decision rests on. You did not answer in time.")
    return _("We asked what you had to say to what the decision rests on. You wrote:") + f"\n{hearing.answer}"


def _rules(decision: Decision) -> str:
    rules = decision.application.rules
    words = {
        "pool": decision.application.call.pool.label,
        "number": rules.number,
        "call": decision.application.call.label,
    }
    said = [
        _("The rules of %(pool)s (version %(number)s) and the call “%(call)s”, under which you applied.") % words,
        _("The municipality grants money at its own discretion within these rules and the money that the pool has."),
    ]
    if rules.aid_regime != "none" and decision.oere:
        said.append(
            _("The grant is de minimis aid. Keep this letter: you must tell of it whenever you apply for such aid.")
        )
    return "\n".join(said)


def _guidance(decision: Decision) -> str:
    last = (decision.decided or clock.now()).astimezone(clock.COPENHAGEN).date() + COMPLAIN_WITHIN
    said = (
        _(
            "You can complain to the municipality until %(day)s, on the page of the decision in Fyrtårn. Write what is"
            " wrong."
        )
        % {"day": date_format(last, "DATE_FORMAT")},
        _("Somebody who had no part in the decision answers you, in writing and with reasons."),
        _(
            "The decision cannot be brought before another authority. Ankestyrelsen oversees that municipalities keep the"
            " law, and you can write to it."
        ),
    )
    return "\n".join(said)
