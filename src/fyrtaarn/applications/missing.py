"""What an application lacks before it can be sent: each in plain words, with the field that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fyrtaarn.foundation.money import kroner
from fyrtaarn.pools.models import AidRegime

from .budget import Totals, totals
from .eligibility import hindrances
from .models import Application, Source


@dataclass(frozen=True)
class Missing:
    """One thing: the step and the id of the control where it is mended ("" for the step itself), and a sentence."""

    step: str
    control: str
    sentence: str | Promise


def missing_in(application: Application) -> list[Missing]:
    """All that is missing, in the order of the steps; nothing when it can be sent."""
    return [
        *(Missing("hvad", "", sentence) for sentence in _hindrances(application)),
        *_words(application),
        *_goals(application),
        *_budget(application, totals(application.lines.all())),
        *_economy(application),
    ]


def _hindrances(application: Application) -> list[str | Promise]:
    return hindrances(application.organisation, application.rules, application.stage)


def _words(application: Application) -> Iterator[Missing]:
    if application.stage is None and application.rules.stages.all():
        yield Missing("hvad", "id_stage", _("Choose what you apply for."))
    if not application.title.strip():
        yield Missing("hvad", "id_title", _("Write a title."))
    if not application.what.strip():
        yield Missing("hvad", "id_what", _("Write what you will do."))
    if not application.for_whom.strip():
        yield Missing("hvad", "id_for_whom", _("Write for whom you do it."))
    if application.starts is None or application.ends is None:
        yield Missing("hvad", "id_starts", _("Say from when until when."))
    if _is_sent_already(application):
        yield Missing(
            "hvad", "id_title", _("You have sent an application with this title already. Give this one another title.")
        )
    if application.stage is not None and application.stage.asked and not application.shown.strip():
        yield Missing("hvad", "id_shown", _("Write what you have shown already."))


def _is_sent_already(application: Application) -> bool:
    alike = Application.objects.filter(
        call=application.call_id,
        organisation=application.organisation_id,
        title=application.title,
        state__in=("sent", "returned"),
    )
    return alike.exclude(pk=application.pk).exists()


def _goals(application: Application) -> Iterator[Missing]:
    goals = list(application.goals.all())
    if not goals:
        yield Missing("effekt", "id_goals-0-text", _("Write at least one thing that changes."))
    elif (index := next((i for i, goal in enumerate(goals) if not goal.text.strip()), None)) is not None:
        yield Missing(
            "effekt", f"id_goals-{index}-text", _("Write what changes in goal %(number)s.") % {"number": index + 1}
        )
    elif not any(goal.measure.strip() for goal in goals):
        yield Missing("effekt", "id_goals-0-measure", _("Write how you measure at least one of your goals."))


def _budget(application: Application, sums: Totals) -> Iterator[Missing]:
    rules, stage = application.rules, application.stage
    most = min(rules.most, stage.most) if stage is not None else rules.most
    if not sums.pool:
        yield Missing("budget", "id_lines-0-text", _("Write what the pool is to pay."))
        return
    yield from _half_lines(application)
    if sums.pool < rules.least:
        yield Missing(
            "budget",
            "",
            _("You ask for %(asked)s. The least amount is %(least)s.")
            % {"asked": kroner(sums.pool), "least": kroner(rules.least)},
        )
    if sums.pool > most:
        yield Missing(
            "budget",
            "",
            _("You ask for %(asked)s. The greatest amount is %(most)s.")
            % {"asked": kroner(sums.pool), "most": kroner(most)},
        )
    if not sums.covers(rules.own_share):
        yield Missing(
            "budget",
            "",
            _("You pay %(own)s yourselves. It must be at least %(percent)s percent of the whole, %(total)s.")
            % {"own": kroner(sums.own), "percent": rules.own_share, "total": kroner(sums.total)},
        )
    if sums.wages and not rules.wages_allowed:
        number = next(
            index
            for index, line in enumerate(application.lines.all())
            if line.kind == "wages" and line.source == Source.POOL
        )
        yield Missing(
            "budget",
            f"id_lines-{number}-source",
            _("The pool does not pay wages. Let somebody else pay them, or take them out."),
        )


def _half_lines(application: Application) -> Iterator[Missing]:
    """Lines that lack their words or their amount."""
    for index, line in enumerate(application.lines.all()):
        if not line.text.strip():
            yield Missing(
                "budget", f"id_lines-{index}-text", _("Write what line %(number)s is for.") % {"number": index + 1}
            )
        if not line.oere:
            yield Missing(
                "budget", f"id_lines-{index}-oere", _("Write the amount of line %(number)s.") % {"number": index + 1}
            )


def _economy(application: Application) -> Iterator[Missing]:
    rules = application.rules
    if rules.future_economy and not application.future_economy.strip():
        yield Missing("oekonomi", "id_future_economy", _("Write how it carries itself afterwards."))
    if rules.aid_regime != AidRegime.NONE and not application.aid_declared:
        yield Missing(
            "oekonomi", "id_aid_declared", _("Tell us of state aid in the last three years, or that there is none.")
        )
