"""What a call is told of its applications: who is told that it lasts longer, when it is over, and how to apply."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fyrtaarn.applications import actions
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.pools.models import Call
from fyrtaarn.pools.paths import call_path

from .conftest import Round, make_draft, make_sent

pytestmark = pytest.mark.django_db


def manage(around: Round, name: str, **form: Any) -> Any:
    client = Client()
    client.force_login(around.manager)
    where = {"municipality": around.municipality.slug, "slug": around.pool.slug, "number": around.call.number}
    return client.post(reverse(f"pools:{name}", kwargs=where), form)


def test_who_writes_is_told_that_one_can_apply_longer(round_: Round) -> None:
    make_draft(round_.owner, round_.organisation, round_.call)
    later = clock.today() + timedelta(days=60)
    assert manage(round_, "call-extend", closes=later.isoformat(), reason="Mange har bedt om det.").status_code == 302
    told = Notice.objects.filter(kind="pools.extended").values_list("recipient__name", flat=True)
    assert list(told) == ["Olga Ejer"]


def test_a_call_is_not_over_while_an_application_waits(round_: Round) -> None:
    sent = make_sent(round_.owner, round_.organisation, round_.call)
    Call.objects.update(opens=clock.today() - timedelta(days=9), closes=clock.today() - timedelta(days=1))
    manage(round_, "call-settle")
    assert Call.objects.get().state == "published"
    actions.note_decided(sent, False, round_.manager)
    manage(round_, "call-settle")
    assert Call.objects.get().state == "settled"


def test_the_calls_page_leads_to_the_application(round_: Round, client: Client) -> None:
    begin = reverse("applications:begin", args=[round_.call.pk])
    page = call_path(Call.objects.select_related("pool__municipality").get())
    assert begin in client.get(page).content.decode()
    Call.objects.update(opens=clock.today() - timedelta(days=9), closes=clock.today() - timedelta(days=1))
    assert begin not in client.get(page).content.decode()
