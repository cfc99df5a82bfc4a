"""How often one may try: counted for all web processes together, and nobody locks somebody else out."""

import re
import time
from typing import Any

import pytest
from allauth.core.internal.ratelimit import cache_lock
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.test import Client

from fyrtaarn.foundation.models import OutgoingMail, SharedValue
from fyrtaarn.people.models import User
from tests.harness.people import make_user
from tests.harness.races import at_once

PASSWORD = "en lang og god sætning"
TOO_MANY = "mange forsøg"


def attempt(email: str, password: str = "gættet forkert", place: str = "10.0.0.1", client: Client | None = None) -> str:
    """Try to sign in from a network address: "in", "wrong" or "too many"."""
    data = {"login": email, "password": password}
    answer = (client or Client()).post("/konto/login/", data, REMOTE_ADDR=place)
    if answer.status_code == 302:
        return "in"
    return "too many" if TOO_MANY in answer.content.decode() else "wrong"


@pytest.mark.django_db
class TestNobodyLocksAnotherOut:
    def test_a_stranger_elsewhere_uses_up_her_own_attempts(self) -> None:
        user: Any = make_user()
        assert [attempt(user.email, place="10.6.6.6") for _ in range(6)] == ["wrong"] * 5 + ["too many"]
        assert attempt(user.email, PASSWORD, place="10.0.0.1") == "in"

    def test_strangers_everywhere_slow_down_unknown_places_alone(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "4/h/key"}
        user: Any = make_user()
        assert attempt(user.email, PASSWORD, place="10.0.0.1") == "in"
        assert [attempt(user.email, place=f"10.6.6.{n}") for n in range(6)] == ["wrong"] * 4 + ["too many"] * 2
        assert attempt(user.email, PASSWORD, place="10.0.0.2") == "too many"
        assert attempt(user.email, PASSWORD, place="10.0.0.1") == "in"

    def test_the_link_in_her_mail_lets_her_in_from_anywhere(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "1/h/key"}
        user: Any = make_user()
        assert [attempt(user.email, place=f"10.6.6.{n}") for n in range(2)] == ["wrong", "too many"]
        client = Client()
        client.post("/konto/password/reset/", {"email": user.email})
        link = re.search(r"https?://[^/\s]+(/\S+)", OutgoingMail.objects.get().text)
        assert link
        form = client.get(link[1], follow=True).redirect_chain[-1][0]
        new = "en helt anden sætning"
        client.post(form, {"password1": new, "password2": new})
        assert attempt(user.email, new, place="10.0.0.2") == "in"

    def test_one_at_the_same_network_address_stops_no_colleague(self, settings: Any) -> None:
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_here": "3/m/ip"}
        colleague: Any = make_user()
        assert attempt(colleague.email, PASSWORD) == "in"
        assert [attempt(f"gaet{n}@example.dk") for n in range(4)] == ["wrong"] * 3 + ["too many"]
        assert attempt(colleague.email, PASSWORD) == "in"

    def test_the_right_password_leaves_nothing_counted(self) -> None:
        user: Any = make_user()
        for _ in range(4):
            attempt(user.email)
        assert [attempt(user.email, PASSWORD) for _ in range(3)] == ["in"] * 3
        assert [attempt(user.email) for _ in range(2)] == ["wrong", "too many"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_five_attempts_together() -> None:
    user: Any = make_user()
    said = at_once(*[lambda: attempt(user.email)] * 10)
    assert said.count("wrong") <= 5
    assert set(said) == {"wrong", "too many"}
    assert attempt(user.email, PASSWORD) == "too many"


@pytest.mark.django_db
def test_no_address_stands_in_what_is_counted() -> None:
    attempt("anna@example.dk", place="10.0.0.77")
    kept = SharedValue.objects.values_list("key", "value")
    assert kept
    assert not [row for row in kept if "anna" in str(row) or "10.0.0.77" in str(row)]


@pytest.mark.django_db
class TestSecretsOfTheSecondStep:
    SECRET = "JBSWY3DPEHPK3PXP"

    def test_they_lie_encrypted_and_open_the_door(self) -> None:
        user: Any = make_user()
        TOTP.activate(user, self.SECRET)
        RecoveryCodes.activate(user)
        kept = Authenticator.objects.get(type="totp")
        assert self.SECRET not in str(kept.data)
        assert all(
            value.startswith("encrypted:") for row in Authenticator.objects.all() for value in _secrets(row.data)
        )
        client = Client()
        attempt(user.email, PASSWORD, client=client)
        assert "_auth_user_id" not in client.session
        code = format_hotp_value(hotp_value(self.SECRET, next(yield_hotp_counters_from_time())))
        client.post("/konto/2fa/authenticate/", {"code": code})
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_those_that_are_here_are_encrypted_by_the_migration_and_back(self) -> None:
        from importlib import import_module

        user = User.objects.get(pk=make_user().pk)  # type: ignore[attr-defined]
        Authenticator.objects.create(user=user, type="totp", data={"secret": self.SECRET})
        Authenticator.objects.create(user=user, type="recovery_codes", data={"migrated_codes": ["abc"], "seed": "s"})
        forth = import_module("fyrtaarn.people.migrations.0004_encrypted_second_steps").Migration.operations[0]
        for _ in range(2):
            forth.code(apps, None)
            assert all(
                value.startswith("encrypted:") for row in Authenticator.objects.all() for value in _secrets(row.data)
            )
        assert Authenticator.objects.get(type="totp").wrap().validate_code("000000") is False
        forth.reverse_code(apps, None)
        assert Authenticator.objects.get(type="totp").data == {"secret": self.SECRET}
        assert Authenticator.objects.get(type="recovery_codes").data["migrated_codes"] == ["abc"]


def _secrets(data: dict[str, Any]) -> list[str]:
    return [*(data[name] for name in ("secret", "seed") if name in data), *data.get("migrated_codes", [])]


@pytest.mark.django_db(transaction=True)
def test_who_is_counted_after_many_others_waits_and_is_not_refused() -> None:
    def counted_slowly() -> bool:
        with cache_lock("one network address") as locked:
            time.sleep(1.5)
        return locked

    assert at_once(counted_slowly, counted_slowly) == [True, True]
