"""State aid of one single undertaking: what it has got in three rolling years, and whether a grant still has room.

Counted are the aid that was granted here, in whichever municipality, and what the enterprise has declared of others'.
Commission Regulations (EU) 2023/2831 and 2023/2832 (articles 2(2), 3 and 5): aid counts on the day of the decision, for
all enterprises that are one single undertaking together; under the rule for services of general economic interest
ordinary de minimis aid counts too, but not the other way round.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, DeclaredAid
from fyrtaarn.engine.money import euro_cents, window_of
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require_found
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import AidRegime

from .models import AidCeiling, EuroRate
from .models.aid import euro

RATE_IS_OLD_AFTER = timedelta(days=31)
COUNTED = {
    AidRegime.DE_MINIMIS: (AidRegime.DE_MINIMIS,),
    AidRegime.SGEI: (AidRegime.SGEI, AidRegime.DE_MINIMIS),
}
"""Which aid counts under which rule's ceiling."""
SAME_WITHIN = 100  # a declared amount is that of an award here if it differs by less than one part in so many


@dataclass(frozen=True)
class AidPart:
    """One piece of aid, in euro cents: granted `here`, or declared. Whose it is and who gave it is not told."""

    day: date
    cents: int
    cvr: str
    here: bool


@dataclass(frozen=True)
class AidRoom:
    """How much aid an undertaking may still get on a day, and what has been counted: all in euro cents."""

    regime: str
    on: date
    ceiling: AidCeiling
    undertaking: tuple[str, ...]
    parts: tuple[AidPart, ...]

    @property
    def used(self) -> int:
        return sum(part.cents for part in self.parts)

    @property
    def left(self) -> int:
        return max(0, self.ceiling.cents - self.used)


@dataclass(frozen=True)
class AidCheck:
    """A grant that has room under the ceiling: what it counts as, and at which rate."""

    room: AidRoom
    rate: EuroRate
    cents: int
    cvr: str

    @property
    def rate_is_old(self) -> bool:
        """Whether the rate is so old that a newer one should be noted first."""
        return self.room.on - self.rate.day > RATE_IS_OLD_AFTER


class AboveCeiling(Refused):
    """The grant would take the undertaking above the ceiling; `room` says what has been counted."""

    def __init__(self, room: AidRoom, cents: int) -> None:
        self.room, self.cents = room, cents
        words = {
            "asked": euro(cents),
            "used": euro(room.used),
            "ceiling": euro(room.ceiling.cents),
            "left": euro(room.left),
            "parts": "; ".join(f"{date_format(part.day)}: {euro(part.cents)}" for part in room.parts) or "–",
        }
        super().__init__(
            _(
                "The grant counts as %(asked)s of state aid. The enterprise and those linked with it have got %(used)s in"
                " three years, and the ceiling is %(ceiling)s, so at most %(left)s is left. Counted: %(parts)s."
            )
            % words
        )


def rate_on(day: date) -> EuroRate:
    """The latest rate on or before the day. Raises Refused where nobody has noted one."""
    rate = EuroRate.objects.filter(day__lte=day).order_by("-day").first()
    return require_found(rate, _("Nobody has noted a euro rate for that day. Ask the administrator to note one."))


def ceiling_on(regime: str, day: date) -> AidCeiling:
    """The ceiling that holds on the day. Raises Refused where there is none."""
    ceilings = AidCeiling.objects.filter(regime=regime, valid_from__lte=day).exclude(valid_to__lte=day)
    return require_found(
        ceilings.order_by("-valid_from").first(),
        _("No ceiling for state aid holds on that day. Ask the administrator to note one."),
    )


def room_for(organisation: Organisation, regime: str, on: date, *, application: Application | None = None) -> AidRoom:
    """What the organisation's undertaking has got by the day, by the application's declaration (its latest sent one).

    Raises Refused where the organisation has no CVR number, or no ceiling holds.
    """
    cvr = require_found(
        organisation.cvr or None,
        _("State aid is counted by CVR number, and the organisation has none. It must note its number first."),
    )
    ceiling = ceiling_on(regime, on)
    declaration = application or latest_declaration(organisation)
    linked = [one.cvr for one in declaration.linked.all()] if declaration else []
    undertaking = undertaking_of([cvr, *linked])
    first, last = window_of(on, ceiling.years)
    counted = _granted_here(undertaking, COUNTED[AidRegime(regime)], on)
    here = [part for part in counted if first <= part.day <= last]
    declared = _declared(declaration, COUNTED[AidRegime(regime)], first, last) if declaration else []
    parts = sorted([*here, *not_known(declared, here)], key=lambda part: (part.day, part.cvr, part.cents))
    return AidRoom(regime, on, ceiling, undertaking, tuple(parts))


def check(application: Application, oere: int, on: date) -> AidCheck | None:
    """Whether so many øre have room on the day; None where the rules say that it is no state aid.

    The ceiling is held until the transaction ends, so that two decisions at once count each other. Raises AboveCeiling
    with each part that has been counted, and Refused where a rate, a ceiling or a CVR number is missing.
    """
    regime = application.rules.aid_regime
    if regime == AidRegime.NONE:
        return None
    hold(AidCeiling.objects.all(), ceiling_on(regime, on).pk)
    room = room_for(application.organisation, regime, on, application=application)
    rate = rate_on(on)
    cents = max(1, euro_cents(oere, rate.kroner))
    if cents > room.left:
        raise AboveCeiling(room, cents)
    return AidCheck(room, rate, cents, str(application.organisation.cvr))


def latest_declaration(organisation: Organisation) -> Application | None:
    """The organisation's latest application that was sent with a declaration."""
    sent = Application.objects.filter(organisation=organisation, sent__isnull=False, aid_declared=True)
    return sent.order_by("-sent", "-pk").first()


def undertaking_of(cvrs: Sequence[str]) -> tuple[str, ...]:
    """All enterprises that are one single undertaking with one of these, as they have declared, in both directions.

    An errand of the database, because a fund manager does not see other municipalities' applications.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM errand.undertaking_of(%s)", [list(cvrs)])
        return tuple(sorted({*cvrs, *(cvr for (cvr,) in cursor.fetchall())}))


def not_known(declared: Iterable[AidPart], here: Iterable[AidPart]) -> list[AidPart]:
    """What is declared but for that which is known here already: same enterprise, same day, the same amount or nearly.

    Each award here stands for one declared piece at most.
    """
    known, left = list(here), []
    for part in declared:
        same = next((one for one in known if _is_same(part, one)), None)
        if same is None:
            left.append(part)
        else:
            known.remove(same)
    return left


def _is_same(declared: AidPart, award: AidPart) -> bool:
    near = abs(declared.cents - award.cents) * SAME_WITHIN <= award.cents
    return near and (declared.cvr, declared.day) == (award.cvr, award.day)


def _granted_here(undertaking: Sequence[str], regimes: Sequence[str], on: date) -> list[AidPart]:
    """What has been granted here and counts on the day: an award whose decision fell counts until it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT regime, cvr, day, cents, ended FROM errand.aid_of(%s)", [list(undertaking)])
        return [
            AidPart(day, cents, cvr, True)
            for regime, cvr, day, cents, ended in cursor.fetchall()
            if regime in regimes and (ended is None or on < ended)
        ]


def _declared(application: Application, regimes: Sequence[str], first: date, last: date) -> list[AidPart]:
    found = DeclaredAid.objects.filter(application=application, regime__in=regimes, day__range=(first, last))
    return [AidPart(one.day, one.cents, one.cvr, False) for one in found.order_by("day", "pk")]
