"""Awards of state aid as the central register of de minimis aid asks for them.

Commission Regulation (EU) 2023/2831, article 6(1): since 1 January 2026 the register holds the beneficiary, the amount,
the day, the authority, the instrument and the sector. The columns, in their order:

cvr           the recipient's CVR number
recipient     its name
regulation    (EU) 2023/2831, or (EU) 2023/2832 for services of general economic interest
day           the day on which the right to the aid was given
authority     the municipality that gave it
instrument    always "grant": money that is not paid back
amount_dkk    kroner
amount_eur    euro, at the rate of the next columns
rate          kroner for 100 euro
rate_day      the day of the rate
reference     our number of the grant
ended         the day on which the decision fell after a complaint, so that the aid counts no more; else empty
"""

from collections.abc import Iterator
from decimal import Decimal

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.exports import Value
from fyrtaarn.pools.models import AidRegime

from .models import AidAward

HEADINGS = (
    "cvr", "recipient", "regulation", "day", "authority", "instrument", "amount_dkk", "amount_eur", "rate", "rate_day",
    "reference", "ended",
)  # fmt: skip
REGULATIONS = {AidRegime.DE_MINIMIS: "(EU) 2023/2831", AidRegime.SGEI: "(EU) 2023/2832"}


def rows(municipality: Municipality) -> Iterator[tuple[Value, ...]]:
    """One row for each award of the municipality, the oldest first."""
    awards = AidAward.objects.filter(municipality=municipality).select_related("organisation", "rate")
    for award in awards.order_by("day", "pk"):
        yield (
            award.cvr,
            award.organisation.name,
            REGULATIONS[AidRegime(award.regime)],
            award.day,
            municipality.name,
            "grant",
            Decimal(award.oere) / 100,
            Decimal(award.cents) / 100,
            award.rate.kroner,
            award.rate.day,
            f"grant-{award.grant_id}",
            award.ended,
        )
