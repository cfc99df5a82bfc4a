"""What a SAML provider says of an employee: OIOSAML Web SSO Profile 3.0.3 and OIO Basic Privilege Profile 1.2.

Attributes come as name and list of values. Source: https://digst.dk/it-loesninger/standarder/oiosaml-profiler/
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import structlog
from lxml import etree

ATTRIBUTES = "https://data.gov.dk/model/core/eid/"
CVR = f"{ATTRIBUTES}professional/cvr"
PRIVILEGES = f"{ATTRIBUTES}privilegesIntermediate"
SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"
log = structlog.get_logger(__name__)


def cvr_in(attributes: Mapping[str, Any]) -> str:
    """The CVR number of the organisation that the person acts for, or nothing."""
    return str(next(iter(attributes.get(CVR, [])), ""))


def privileges_in(attributes: Mapping[str, Any]) -> list[str]:
    """The privileges that the person has for the organisation that she acts for; those for others do not count."""
    found: list[str] = []
    for packed in attributes.get(PRIVILEGES, []):
        try:
            groups = etree.fromstring(base64.b64decode(packed, validate=True), _parser())
        except (binascii.Error, etree.XMLSyntaxError) as fault:
            log.warning("privileges of an identity provider cannot be read", fault=str(fault))
            continue
        for group in groups.iter("{*}PrivilegeGroup"):
            if group.get("Scope") == f"{SCOPE}{cvr_in(attributes)}":
                found += [(privilege.text or "").strip() for privilege in group.iter("{*}Privilege")]
    return found


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
