"""The company register, asked over real HTTP with recorded answers."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from fyrtaarn.organisations.register import NotInRegister, RegisterUnavailable, datafordeler
from fyrtaarn.organisations.register.csv_file import company_from_csv
from fyrtaarn.organisations.register.datafordeler import company_from_datafordeler

RECORDED = Path(__file__).parent / "recorded"
CVR = "90000004"


class Register(BaseHTTPRequestHandler):
    """Answers as the service does: with what lies in the server's `answer`."""

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        server.questions.append((self.path, question["variables"]))
        status, body = server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def register() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    server.questions = []
    server.url = f"http://127.0.0.1:{server.server_port}/CVR/v2"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_known_number_gives_name_address_and_municipality(register: Any) -> None:
    register.answer = (200, (RECORDED / "company.json").read_bytes())
    company = company_from_datafordeler(CVR, register.url, "a key")
    assert company.name == "Eksempelværkstedet ApS"
    assert (company.address, company.postcode, company.town) == ("Eksempelvej 7, 1 tv", "6000", "Kolding")
    assert company.municipality_code == "0621"
    path, variables = register.questions[0]
    assert path == "/CVR/v2?apiKey=a%20key"
    assert variables["cvr"] == int(CVR)


def test_an_unknown_or_ended_company_is_not_in_the_register(register: Any) -> None:
    register.answer = (200, (RECORDED / "nobody.json").read_bytes())
    with pytest.raises(NotInRegister):
        company_from_datafordeler(CVR, register.url, "k")


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"out of order"),
        (401, b"{}"),
        (200, b"not json"),
        (200, b"\xff\xfe"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"data": null}'),
        (200, b'{"errors": [{"message": "DAF-GQL-0010"}]}'),
        (200, b'{"data": {"CVR_Virksomhed": {"nodes": [{"id_CVR_CVREnhed_id_ref": {"nodes": []}}]}}}'),
    ],
)
def test_whatever_cannot_be_read_means_that_the_register_is_unavailable(
    register: Any, answer: tuple[int, bytes]
) -> None:
    register.answer = answer
    with pytest.raises(RegisterUnavailable):
        company_from_datafordeler(CVR, register.url, "k")


def test_a_register_that_is_down_is_unavailable() -> None:
    with pytest.raises(RegisterUnavailable):
        company_from_datafordeler(CVR, "http://127.0.0.1:9/CVR/v2", "k")


@pytest.mark.parametrize("how", ["silent", "trickling", "cut short", "endless"])
def test_a_register_that_does_not_come_to_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(datafordeler, "TIMEOUT_SECONDS", 0.5)

    class Odd(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if how == "silent":
                time.sleep(2)
                return
            self.send_response(200)
            self.send_header("Content-Length", "1000000000")
            self.end_headers()
            with suppress(OSError):
                for _ in range({"trickling": 20, "cut short": 1, "endless": 10_000}[how]):
                    self.wfile.write(b" " * (100_000 if how == "endless" else 1))
                    time.sleep(0.1 if how == "trickling" else 0)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(RegisterUnavailable):
        company_from_datafordeler(CVR, f"http://127.0.0.1:{server.server_port}/", "k")
    assert time.monotonic() - began < 1.9
    server.shutdown()
    server.server_close()


def test_the_csv_register_answers_with_the_same_shape(tmp_path: Path) -> None:
    file = tmp_path / "companies.csv"
    file.write_text(
        f"cvr,name,town,municipality_code\n{CVR},Eksempelværkstedet ApS,Kolding,0621\n", encoding="utf-8-sig"
    )
    company = company_from_csv(CVR, str(file))
    assert (company.name, company.town, company.address) == ("Eksempelværkstedet ApS", "Kolding", "")
    with pytest.raises(NotInRegister):
        company_from_csv("90000015", str(file))


def test_a_missing_csv_register_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnavailable):
        company_from_csv(CVR, str(tmp_path / "nowhere.csv"))
