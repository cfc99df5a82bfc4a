"""Settings are read from the environment alone, checked at start, and a fault says what to do."""

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from fyrtaarn.config.environment import ConfigurationError, read_environment

SECRET = "Et-helt-tilfældigt-ord-med-mange-tegn-0123456789-abc"


def variables(tmp_path: Path, **changes: str) -> dict[str, str]:
    return {"FYRTAARN_DATA_DIR": str(tmp_path), **changes}


def production(tmp_path: Path, **changes: str) -> dict[str, str]:
    good = {
        "FYRTAARN_MODE": "production",
        "FYRTAARN_SECRET_KEY": SECRET,
        "FYRTAARN_PUBLIC_URL": "https://fyrtaarn.example.dk",
        "FYRTAARN_MAIL_URL": "smtp://mail.example.dk:587?tls=start",
    }
    return variables(tmp_path, **{**good, **changes})


def test_nothing_needs_to_be_set_for_a_demonstration(tmp_path: Path) -> None:
    environment = read_environment(variables(tmp_path))
    assert (environment.host, environment.port, environment.production) == ("127.0.0.1", 8000, False)


def test_the_demo_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = read_environment(variables(tmp_path)).secret_key
    assert read_environment(variables(tmp_path)).secret_key == first
    assert len(first) >= 50
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_whole_production_setting_is_taken(tmp_path: Path) -> None:
    assert read_environment(production(tmp_path)).production


SAML = '[{"id": "x", "name": "X", "entity_id": "x", "sso_url": "https://x", "certificate": "x"}]'


def providers(*changes: dict[str, Any]) -> dict[str, str]:
    whole = {"id": "kolding", "name": "Kolding", "server_url": "https://x", "client_id": "x", "secret": "x"}
    return {"FYRTAARN_OIDC_PROVIDERS": json.dumps([{**whole, **each} for each in changes])}


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"FYRTAARN_SECRET_KEY": ""}, "FYRTAARN_SECRET_KEY is missing or weak"),
        ({"FYRTAARN_SECRET_KEY": "kort"}, "FYRTAARN_SECRET_KEY is missing or weak"),
        ({"FYRTAARN_SECRET_KEY": "a" * 80}, "FYRTAARN_SECRET_KEY is missing or weak"),
        ({"FYRTAARN_PUBLIC_URL": "http://x.dk"}, "must begin with https://"),
        ({"FYRTAARN_MAIL_URL": ""}, "FYRTAARN_MAIL_URL is missing"),
    ],
)
def test_production_refuses_to_start_when_it_would_be_unsafe(
    tmp_path: Path, changes: dict[str, str], advice: str
) -> None:
    with pytest.raises(ConfigurationError, match=advice):
        read_environment(production(tmp_path, **changes))


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"FYRTAARN_PORT": "otte"}, "FYRTAARN_PORT must be a whole number"),
        ({"FYRTAARN_PORT": "70000"}, "FYRTAARN_PORT must be a whole number"),
        ({"FYRTAARN_MODE": "test"}, "FYRTAARN_MODE must be"),
        ({"FYRTAARN_DATABASE_URL": "mysql://x/y"}, "FYRTAARN_DATABASE_URL must begin with postgresql://"),
        ({"FYRTAARN_OIDC_PROVIDERS": "{"}, "FYRTAARN_OIDC_PROVIDERS must be a JSON list"),
        (providers({"id": "Kolding Kommune"}), "id must be lower-case"),
        (providers({"rolls": []}), "rolls is not known"),
        (providers({"roles": ["admin"], "municipality": "kolding"}), "roles must be a list of objects"),
        (providers({"roles": [{"claim": "g", "value": 1, "role": "reader"}]}), "roles must be a list of objects"),
        (providers({"roles": [{"claim": "g", "value": "x", "role": "reader"}]}), "municipality says where"),
        (providers({"trust_email": "kolding.example"}), "trust_email must be"),
        (providers({}, {}), "Two identity providers have the same id"),
        (providers({"trust_email": True}, {"id": "koebenhavn"}), "names the domains that each vouches for"),
        ({"FYRTAARN_SAML_PROVIDERS": SAML}, "FYRTAARN_SAML_KEY must name a file that can be read"),
        ({"FYRTAARN_SAML_PROVIDERS": SAML, **providers({"id": "x"})}, "FYRTAARN_SAML_CERTIFICATE must name a file"),
        ({"FYRTAARN_SAML_PROVIDERS": '[{"id": "x", "name": "X"}]'}, "with certificate, entity_id, id, name, sso_url"),
        ({"FYRTAARN_SECOND_FACTOR": "some"}, "FYRTAARN_SECOND_FACTOR must be"),
        ({"FYRTAARN_LOG_LEVEL": "LOUD"}, "FYRTAARN_LOG_LEVEL must be"),
        ({"FYRTAARN_SECURITY_CONTACT": "sikkerhed@example.dk"}, "must begin with mailto: or https://"),
        ({"FYRTAARN_METRICS_TOKEN": "kort"}, "at least 20 characters"),
        ({"FYRTAARN_FILES_S3_URL": "s3://host/bucket"}, "FYRTAARN_FILES_S3_URL must have the form"),
        ({"FYRTAARN_PROT": "8000"}, "FYRTAARN_PROT is not a setting"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(tmp_path: Path, changes: dict[str, Any], advice: str) -> None:
    with pytest.raises(ConfigurationError, match=advice):
        read_environment(variables(tmp_path, **changes))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as told:
        read_environment(variables(tmp_path, FYRTAARN_PORT="x", FYRTAARN_MODE="y"))
    assert str(told.value).count("  - ") == 2


def test_cookies_of_production_are_taken_by_https_from_its_host_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in production(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, "fyrtaarn.config.settings")  # read anew, and put back afterwards
    settings = runpy.run_module("fyrtaarn.config.settings")
    for cookie in ("SESSION", "CSRF"):
        assert settings[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert settings[f"{cookie}_COOKIE_SECURE"] is True
        assert not {f"{cookie}_COOKIE_DOMAIN", f"{cookie}_COOKIE_PATH"} & settings.keys()
    assert settings["LANGUAGE_COOKIE_SECURE"] is True
