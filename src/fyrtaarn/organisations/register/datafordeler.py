"""The state's company register through Datafordeler's GraphQL service.

Source of the shape: Datafordeler, GraphQL CVR v2 (one root field a query; names and addresses hang on the unit;
ended companies are not returned for a present `virkningstid`). The address of the service is a setting, because
versions are retired.
"""

import json
import time
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from fyrtaarn.foundation import clock

from .answers import Company, NotInRegister, RegisterUnavailable

TIMEOUT_SECONDS = 6
MOST_BYTES = 1024 * 1024
QUERY = """
query Company($cvr: Long!, $at: DafDateTime!) {
  CVR_Virksomhed(first: 1, virkningstid: $at, where: {CVRNummer: {eq: $cvr}}) {
    nodes {
      CVRNummer
      status
      id_CVR_CVREnhed_id_ref(first: 1) {
        nodes {
          id_CVR_Navn_CVREnhedsId_ref { vaerdi }
          id_CVR_Adressering_CVREnhedsId_ref(
            first: 2, where: {AdresseringAnvendelse: {in: ["beliggenhedsadresse", "postadresse"]}}
          ) {
            nodes {
              AdresseringAnvendelse
              CVRAdresse_vejnavn
              CVRAdresse_husnummerFra
              CVRAdresse_etagebetegnelse
              CVRAdresse_doerbetegnelse
              CVRAdresse_postnummer
              CVRAdresse_postdistrikt
              CVRAdresse_kommunekode
            }
          }
        }
      }
    }
  }
}
"""


def company_from_datafordeler(cvr: str, url: str, key: str) -> Company:
    """Ask the service at `url`. Raises NotInRegister or RegisterUnavailable."""
    answer = _ask(url, key, {"cvr": int(cvr), "at": clock.now().isoformat(timespec="seconds")})
    try:
        return _company(cvr, answer)
    except (KeyError, TypeError, AttributeError) as fault:
        raise RegisterUnavailable(f"the answer cannot be read: {fault!r}") from fault


def _ask(url: str, key: str, variables: dict[str, Any]) -> Any:
    request = Request(  # noqa: S310 - the address is a checked setting (http or https)
        f"{url}?apiKey={quote(key)}",
        data=json.dumps({"query": QUERY, "variables": variables}).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return json.loads(_content(response, time.monotonic() + TIMEOUT_SECONDS))
    except (OSError, HTTPException, ValueError) as fault:
        raise RegisterUnavailable(str(fault)) from fault


def _content(response: HTTPResponse, ending: float) -> bytes:
    """The whole answer. Raises TimeoutError when it trickles in for too long, ValueError when it is too long."""
    content = b""
    while part := response.read1(MOST_BYTES):
        content += part
        if time.monotonic() > ending:
            raise TimeoutError("the answer does not come to an end")
        if len(content) > MOST_BYTES:
            raise ValueError("the answer is too long")
    return content


def _company(cvr: str, answer: Any) -> Company:
    if answer.get("errors"):
        raise RegisterUnavailable(str(answer["errors"][0].get("message", "")))
    companies = answer["data"]["CVR_Virksomhed"]["nodes"]
    if not companies:
        raise NotInRegister(cvr)
    company = companies[0]
    unit = (company["id_CVR_CVREnhed_id_ref"]["nodes"] or [{}])[0]
    addresses = (unit.get("id_CVR_Adressering_CVREnhedsId_ref") or {}).get("nodes", [])
    address: dict[str, Any] = min(
        addresses, key=lambda found: found["AdresseringAnvendelse"], default={}
    )  # location before post
    return Company(
        cvr=cvr,
        name=_text(unit["id_CVR_Navn_CVREnhedsId_ref"]["vaerdi"]),
        address=_street(address),
        postcode=_text(address.get("CVRAdresse_postnummer")),
        town=_text(address.get("CVRAdresse_postdistrikt")),
        municipality_code=_text(address.get("CVRAdresse_kommunekode")).zfill(4) if address else "",
        status=_text(company.get("status")),
        register="datafordeler",
    )


def _street(address: dict[str, Any]) -> str:
    street = _joined(address, "vejnavn", "husnummerFra")
    floor = _joined(address, "etagebetegnelse", "doerbetegnelse")
    return ", ".join(filter(None, (street, floor)))


def _joined(address: dict[str, Any], *fields: str) -> str:
    return " ".join(filter(None, (_text(address.get(f"CVRAdresse_{field}")) for field in fields)))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
