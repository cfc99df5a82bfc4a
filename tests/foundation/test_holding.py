"""Who is overtaken by somebody who removes the thing is told so."""

from typing import Any

import pytest

from fyrtaarn.areas import actions
from fyrtaarn.areas.models import District
from fyrtaarn.foundation.holding import Gone
from tests.harness.people import make_employee


@pytest.mark.django_db
def test_what_has_been_removed_is_gone_for_the_second(kolding: Any) -> None:
    administrator: Any = make_employee(kolding, "municipality_administrator")
    district = District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    District.objects.filter(pk=district.pk).delete()
    with pytest.raises(Gone):
        actions.remove(district, by=administrator)
    with pytest.raises(Gone):
        actions.change(district, {"name": "Nyt"}, version=1, by=administrator)
