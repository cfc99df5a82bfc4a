"""Configuration: read from FYRTAARN_… environment variables, nowhere else.

`VARIABLES` is the one table of them: it is what is read, what `fyrtaarn check` judges and what the
operators' documentation shows.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fyrtaarn.foundation.buckets import FORM, Bucket, read_bucket

from .providers import read_providers, shared_faults

DEMO_SECRET_BYTES = 50
SHORTEST_SECRET = 50
SHORTEST_TOKEN = 20
REPLY_ADDRESS = re.compile(r"(?:[a-z0-9._-]{1,20}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?", re.IGNORECASE)
"""Short enough that what is added to it stays within 64 letters (RFC 5321, 4.5.3.1.1)."""
DATABASE_URLS = ("FYRTAARN_DATABASE_URL", "FYRTAARN_DATABASE_WORKER_URL", "FYRTAARN_DATABASE_OWNER_URL")


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message says what to do."""


@dataclass(frozen=True)
class Variable:
    """One environment variable, as the documentation shows it."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("FYRTAARN_MODE", "demo", "`demo` (one-click personas, mail readable in the product) or `production`."),
    Variable("FYRTAARN_HOST", "127.0.0.1", "Address that the web server listens on."),
    Variable("FYRTAARN_PORT", "8000", "Port that the web server listens on."),
    Variable("FYRTAARN_PUBLIC_URL", "http://127.0.0.1:8000", "Address that people see; used in mail and feeds."),
    Variable("FYRTAARN_DATA_DIR", "var", "Folder for the embedded database, files, logs and static files."),
    Variable(
        "FYRTAARN_DATABASE_URL",
        "",
        "PostgreSQL server (`postgresql://user:password@host/name`) and the login of the web processes; empty: embedded.",
    ),
    Variable(
        "FYRTAARN_DATABASE_WORKER_URL",
        "",
        "The same database with the login of the worker and of `fyrtaarn import`, `index` and `appoint`.",
    ),
    Variable(
        "FYRTAARN_DATABASE_OWNER_URL",
        "",
        "The same database with the login that owns it, for `migrate`, `backup`, `restore`, `check` and `manage`.",
    ),
    Variable("FYRTAARN_REPLICA_URL", "", "A streaming replica that visitors' pages are read from; empty: none."),
    Variable(
        "FYRTAARN_SECRET_KEY",
        "",
        "Signing secret of at least 50 characters; demo mode makes one and keeps it.",
    ),
    Variable("FYRTAARN_WEB_PROCESSES", "1", "Number of web processes."),
    Variable("FYRTAARN_MAIL_URL", "", "`smtp://user:password@host:587?tls=start`; empty: mail is kept as files."),
    Variable("FYRTAARN_MAIL_FROM", "Fyrtårn <no-reply@example.org>", "Sender of all mail."),
    Variable(
        "FYRTAARN_REPLY_ADDRESS",
        "",
        "Address (`svar@svar.example.dk`) whose mail, and that of `svar+…@`, is handed to `fyrtaarn receive`, so that"
        " people can answer by mail; empty: they cannot.",
    ),
    Variable("FYRTAARN_RECEIVE_HOST", "127.0.0.1", "Address that `fyrtaarn receive` listens on."),
    Variable("FYRTAARN_RECEIVE_PORT", "8025", "Port that `fyrtaarn receive` listens on."),
    Variable(
        "FYRTAARN_OIDC_PROVIDERS",
        "[]",
        "JSON list of OpenID Connect providers: id, name, server_url, client_id, secret; `trust_email` with the domains"
        " for whose e-mail addresses it vouches; `municipality` and `roles` where its claims give roles (see sign-in).",
    ),
    Variable(
        "FYRTAARN_SAML_PROVIDERS",
        "[]",
        "JSON list of SAML providers (OIOSAML 3): id, name, entity_id, sso_url, certificate; `cvr` where only the people of"
        " one organisation may come; the rest as for OpenID Connect.",
    ),
    Variable("FYRTAARN_SAML_KEY", "", "File with our private key for SAML, in PEM."),
    Variable("FYRTAARN_SAML_CERTIFICATE", "", "File with the certificate of that key, in PEM."),
    Variable(
        "FYRTAARN_SECOND_FACTOR",
        "none",
        "Who must have a passkey or an authenticator app besides the password: `administrators`, `employees`, `all` or"
        " `none`.",
    ),
    Variable(
        "FYRTAARN_PROOF_MINUTES",
        "15",
        "How long signing in, or giving the password or a passkey again, counts before a dangerous act asks once more.",
    ),
    Variable(
        "FYRTAARN_IDLE_HOURS",
        "8",
        "How long one may be away before one is signed out; after 14 days one signs in anew in any case.",
    ),
    Variable(
        "FYRTAARN_CVR_URL",
        "",
        "Company register (Datafordeler GraphQL); empty: only the CSV register, or typing.",
    ),
    Variable("FYRTAARN_CVR_KEY", "", "Key for the company register."),
    Variable(
        "FYRTAARN_CVR_CSV",
        "",
        "CSV file with companies, used when the register is not set or does not answer.",
    ),
    Variable(
        "FYRTAARN_MAP_TILES",
        "",
        "Address template of map tiles (`https://…/{z}/{x}/{y}.png`); empty: our own outline map.",
    ),
    Variable(
        "FYRTAARN_SCANNER",
        "",
        "Virus scanner for uploads that speaks as clamd: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`; what it"
        " cannot look through is not kept. Empty: none.",
    ),
    Variable("FYRTAARN_BACKUP_DIR", "", "Folder for the nightly backup; empty: none is made."),
    Variable(
        "FYRTAARN_BACKUP_RECIPIENT",
        "",
        "Public key (`age1…`, from `fyrtaarn backup --make-key`) that backups are encrypted for; empty: not encrypted.",
    ),
    Variable("FYRTAARN_BACKUP_KEEP", "30", "How many nightly backups are kept."),
    Variable(
        "FYRTAARN_BACKUP_S3_URL",
        "",
        f"S3-compatible storage (`{FORM}`) to which the folder's backups are copied every hour; empty: to none.",
    ),
    Variable(
        "FYRTAARN_FILES_S3_URL",
        "",
        f"S3-compatible storage (`{FORM}`) for uploaded files; empty: a folder in FYRTAARN_DATA_DIR.",
    ),
    Variable(
        "FYRTAARN_REHEARSAL_URL",
        "",
        "PostgreSQL server, and a login that may make databases on it, where each Sunday the newest backup is brought"
        " back for a trial; empty: not by itself.",
    ),
    Variable("FYRTAARN_REHEARSAL_KEY", "", "File with the secret key, for trials of encrypted backups."),
    Variable(
        "FYRTAARN_SECURITY_CONTACT",
        "",
        "Whom to tell of a weakness, for `/.well-known/security.txt`: `mailto:…` or `https://…`; empty: no such file.",
    ),
    Variable("FYRTAARN_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Variable("FYRTAARN_SLOW_QUERY_MS", "500", "Statements that take longer, in milliseconds, are logged; 0: none."),
    Variable(
        "FYRTAARN_METRICS_TOKEN",
        "",
        "What Prometheus must show to read `/metrics`, at least 20 characters; empty: there are no metrics.",
    ),
)


@dataclass(frozen=True)
class Environment:
    """The validated configuration of one process."""

    mode: str
    host: str
    port: int
    public_url: str
    data_dir: Path
    database_url: str
    database_worker_url: str
    database_owner_url: str
    replica_url: str
    secret_key: str
    web_processes: int
    mail_url: str
    mail_from: str
    reply_address: str
    receive_host: str
    receive_port: int
    oidc_providers: tuple[dict[str, Any], ...]
    saml_providers: tuple[dict[str, Any], ...]
    saml_key: str
    saml_certificate: str
    second_factor: str
    proof_minutes: int
    idle_hours: int
    cvr_url: str
    cvr_key: str
    cvr_csv: str
    map_tiles: str
    scanner: str
    backup_dir: str
    backup_recipient: str
    backup_keep: int
    backup_bucket: Bucket | None
    files_bucket: Bucket | None
    rehearsal_url: str
    rehearsal_key: str
    security_contact: str
    log_level: str
    slow_query_ms: int
    metrics_token: str

    @property
    def production(self) -> bool:
        return self.mode == "production"


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check all settings.

    Raises ConfigurationError, with every fault in one message, when a value cannot be used.
    """
    given = os.environ if variables is None else variables
    value = {v.name: given.get(v.name, "").strip() or v.default for v in VARIABLES}
    known = {v.name for v in VARIABLES}
    faults = [
        f"{name} is not a setting of Fyrtårn: remove it or correct its name."
        for name in given
        if name.startswith("FYRTAARN_") and name not in known and not name.startswith("FYRTAARN_TEST_")
    ]

    mode = value["FYRTAARN_MODE"]
    if mode not in ("demo", "production"):
        faults.append("FYRTAARN_MODE must be `demo` or `production`.")
    port = _whole_number(value, "FYRTAARN_PORT", 1, 65535, faults)
    processes = _whole_number(value, "FYRTAARN_WEB_PROCESSES", 1, 64, faults)
    slow_query_ms = _whole_number(value, "FYRTAARN_SLOW_QUERY_MS", 0, 3_600_000, faults)
    proof = _whole_number(value, "FYRTAARN_PROOF_MINUTES", 1, 1440, faults)
    idle = _whole_number(value, "FYRTAARN_IDLE_HOURS", 1, 336, faults)
    keep = _whole_number(value, "FYRTAARN_BACKUP_KEEP", 1, 10_000, faults)
    _address(value, "FYRTAARN_PUBLIC_URL", ("http", "https"), faults)
    for name in (*DATABASE_URLS, "FYRTAARN_REPLICA_URL"):
        _address(value, name, ("postgresql", "postgres"), faults)
    if not value["FYRTAARN_DATABASE_URL"] and any(value[name] for name in DATABASE_URLS):
        faults.append("FYRTAARN_DATABASE_URL is missing beside the other logins: name the login of the web processes.")
    _address(value, "FYRTAARN_REHEARSAL_URL", ("postgresql", "postgres"), faults)
    _address(value, "FYRTAARN_MAIL_URL", ("smtp",), faults)
    receive_port = _whole_number(value, "FYRTAARN_RECEIVE_PORT", 1, 65_535, faults)
    if not REPLY_ADDRESS.fullmatch(value["FYRTAARN_REPLY_ADDRESS"]):
        faults.append("FYRTAARN_REPLY_ADDRESS must be a mail address of at most 20 letters before the @, without a +.")
    _address(value, "FYRTAARN_SCANNER", ("tcp", "unix"), faults)
    _address(value, "FYRTAARN_CVR_URL", ("http", "https"), faults)
    if value["FYRTAARN_SECOND_FACTOR"] not in ("administrators", "employees", "all", "none"):
        faults.append("FYRTAARN_SECOND_FACTOR must be administrators, employees, all or none.")
    if value["FYRTAARN_LOG_LEVEL"] not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        faults.append("FYRTAARN_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    backup_bucket = _bucket(value, "FYRTAARN_BACKUP_S3_URL", faults)
    files_bucket = _bucket(value, "FYRTAARN_FILES_S3_URL", faults)
    contact = value["FYRTAARN_SECURITY_CONTACT"]
    if contact and not contact.startswith(("mailto:", "https://")):
        faults.append("FYRTAARN_SECURITY_CONTACT must begin with mailto: or https://.")
    token = value["FYRTAARN_METRICS_TOKEN"]
    if token and len(token) < SHORTEST_TOKEN:
        faults.append(f"FYRTAARN_METRICS_TOKEN must have at least {SHORTEST_TOKEN} characters.")
    setting = "FYRTAARN_OIDC_PROVIDERS"
    providers = read_providers(setting, value[setting], {"server_url", "client_id", "secret"}, faults)
    setting = "FYRTAARN_SAML_PROVIDERS"
    saml = read_providers(setting, value[setting], {"entity_id", "sso_url", "certificate"}, faults, {"cvr"})
    faults += shared_faults([*providers, *saml])
    saml_key, saml_certificate = (
        _content(value, name, faults) if saml else "" for name in ("FYRTAARN_SAML_KEY", "FYRTAARN_SAML_CERTIFICATE")
    )
    data_dir = Path(value["FYRTAARN_DATA_DIR"]).expanduser().resolve()
    secret = value["FYRTAARN_SECRET_KEY"]
    if mode == "production":
        faults += _production_faults(value, secret)
    if faults:
        raise ConfigurationError("Fyrtårn cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
    return Environment(
        mode=mode,
        host=value["FYRTAARN_HOST"],
        port=port,
        public_url=value["FYRTAARN_PUBLIC_URL"].rstrip("/"),
        data_dir=data_dir,
        database_url=value["FYRTAARN_DATABASE_URL"],
        database_worker_url=value["FYRTAARN_DATABASE_WORKER_URL"],
        database_owner_url=value["FYRTAARN_DATABASE_OWNER_URL"],
        replica_url=value["FYRTAARN_REPLICA_URL"],
        secret_key=secret or _kept_secret(data_dir),
        web_processes=processes,
        mail_url=value["FYRTAARN_MAIL_URL"],
        mail_from=value["FYRTAARN_MAIL_FROM"],
        reply_address=value["FYRTAARN_REPLY_ADDRESS"],
        receive_host=value["FYRTAARN_RECEIVE_HOST"],
        receive_port=receive_port,
        oidc_providers=providers,
        saml_providers=saml,
        saml_key=saml_key,
        saml_certificate=saml_certificate,
        second_factor=value["FYRTAARN_SECOND_FACTOR"],
        proof_minutes=proof,
        idle_hours=idle,
        cvr_url=value["FYRTAARN_CVR_URL"],
        cvr_key=value["FYRTAARN_CVR_KEY"],
        cvr_csv=value["FYRTAARN_CVR_CSV"],
        map_tiles=value["FYRTAARN_MAP_TILES"],
        scanner=value["FYRTAARN_SCANNER"],
        backup_dir=value["FYRTAARN_BACKUP_DIR"],
        backup_recipient=value["FYRTAARN_BACKUP_RECIPIENT"],
        backup_keep=keep,
        backup_bucket=backup_bucket,
        files_bucket=files_bucket,
        rehearsal_url=value["FYRTAARN_REHEARSAL_URL"],
        rehearsal_key=value["FYRTAARN_REHEARSAL_KEY"],
        security_contact=contact,
        log_level=value["FYRTAARN_LOG_LEVEL"],
        slow_query_ms=slow_query_ms,
        metrics_token=token,
    )


def _whole_number(value: Mapping[str, str], name: str, least: int, most: int, faults: list[str]) -> int:
    text = value[name]
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    faults.append(f"{name} must be a whole number from {least} to {most}; it is `{text}`.")
    return least


def _content(value: Mapping[str, str], name: str, faults: list[str]) -> str:
    path = Path(value[name]).expanduser()
    if path.is_file():
        return path.read_text(encoding="ascii")
    faults.append(f"{name} must name a file that can be read; it is `{value[name]}`.")
    return ""


def _address(value: Mapping[str, str], name: str, schemes: tuple[str, ...], faults: list[str]) -> None:
    text = value[name]
    if text and (urlsplit(text).scheme not in schemes or "://" not in text):
        faults.append(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}.")


def _bucket(value: Mapping[str, str], name: str, faults: list[str]) -> Bucket | None:
    try:
        return read_bucket(value[name]) if value[name] else None
    except ValueError:
        faults.append(f"{name} must have the form {FORM}.")
        return None


def _production_faults(value: Mapping[str, str], secret: str) -> list[str]:
    faults = []
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        faults.append(
            "FYRTAARN_SECRET_KEY is missing or weak: set at least 50 random characters, for instance from"
            " `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."
        )
    if not value["FYRTAARN_PUBLIC_URL"].startswith("https://"):
        faults.append("FYRTAARN_PUBLIC_URL must begin with https:// in production.")
    if not value["FYRTAARN_MAIL_URL"]:
        faults.append("FYRTAARN_MAIL_URL is missing: people must be able to get mail in production.")
    return faults


def _kept_secret(data_dir: Path) -> str:
    """The demo installation's own secret: made once, so that people stay signed in over a restart."""
    path = data_dir / "secret"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(DEMO_SECRET_BYTES))
        path.chmod(0o600)
    return path.read_text()
