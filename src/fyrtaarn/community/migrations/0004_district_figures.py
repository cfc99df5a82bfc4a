"""What everybody is told of a district's introductions."""

from django.db import migrations

from fyrtaarn.foundation.separation import function

# visitors see no introduction; the page holds back what is too small to be told
COUNT = function(
    "errand.count_introductions(wanted_district bigint)",
    "TABLE (made bigint, led bigint)",
    """
    SELECT count(*) FILTER (WHERE proposed IS NOT NULL),
        count(*) FILTER (WHERE state = 'concluded' AND outcome IN ('agreement', 'going_on'))
    FROM community_introduction WHERE district_id = wanted_district
    """,
)


class Migration(migrations.Migration):
    beside_previous = "The last release does not ask for it."

    dependencies = [("community", "0003_wishes")]
    operations = [COUNT]
