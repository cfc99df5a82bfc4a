"""Counting stays for figures that everybody sees; what is small is held back in fieldwork/metrics.py."""

from django.db import migrations

from fyrtaarn.foundation.separation import function

# whose days have begun: of each year and kind how many applied, and with how many the host noted that the guest came
COUNT_FIELDWORK = function(
    "errand.count_fieldwork(wanted bigint)",
    "TABLE (year integer, kind text, applied bigint, held bigint)",
    """
    SELECT extract(year FROM period.starts)::integer, offer.kind::text, count(*), count(*) FILTER (WHERE stay.attended)
    FROM fieldwork_stay stay
    JOIN fieldwork_fieldworkperiod period ON period.id = stay.period_id
    JOIN fieldwork_fieldworkoffer offer ON offer.id = period.offer_id
    JOIN areas_department department ON department.id = offer.department_id
    WHERE department.municipality_id = wanted AND period.starts <= reader.today()
    GROUP BY 1, 2
    """,
)


class Migration(migrations.Migration):
    beside_previous = "The function is new, so no earlier version calls it."

    dependencies = [("fieldwork", "0002_separation")]
    operations = [COUNT_FIELDWORK]
