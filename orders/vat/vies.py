"""The EU's register of VAT numbers (VIES), by its REST API: one question, one answer, no exception.

`POST {base}/check-vat-number` takes numbers without their country; faults come with status 200. The consultation number
(`requestIdentifier`), which proves to a tax office that one has asked, comes only to who says who they are.
Documented at https://ec.europa.eu/taxation_customs/vies/#/technical-information.
"""

import json
import logging
from dataclasses import dataclass
from http.client import HTTPException
from urllib.request import Request, urlopen

from orders.models import VatCheck

TIMEOUT = 20
MOST = 100_000  # bytes of an answer
INVALID = {"INVALID_INPUT"}
OUR_OWN_IS_WRONG = "INVALID_REQUESTER_INFO"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What came back: the state that follows from it, and the consultation number or the fault.

    Name and address, which VIES may tell, are left alone.
    """

    state: VatCheck.State
    consultation: str = ""
    fault: str = ""


def ask(number: str, *, base: str, requester: str = "") -> Answer:
    """Ask whether a VAT number (with its country's prefix) is valid; whatever goes wrong is `unavailable`."""
    question = {"countryCode": number[:2], "vatNumber": number[2:]}
    if requester:
        question |= {"requesterMemberStateCode": requester[:2], "requesterNumber": requester[2:]}
    try:
        return read(_posted(f"{base.rstrip('/')}/check-vat-number", question))
    except (OSError, HTTPException, ValueError) as error:
        log.warning("VIES gave no answer (%s)", type(error).__name__)
        return Answer(VatCheck.State.UNAVAILABLE, fault=type(error).__name__)


def read(raw: dict) -> Answer:
    """Understand an answer: only `valid` without a fault is one."""
    faults = {str(fault.get("error", "")) for fault in raw.get("errorWrappers") or [] if isinstance(fault, dict)}
    if faults & INVALID:
        return Answer(VatCheck.State.INVALID)
    if faults or not isinstance(raw.get("valid"), bool):
        if OUR_OWN_IS_WRONG in faults:
            log.error("VIES refuses the shop's own VAT number: see Settings, Taxes")
        return Answer(VatCheck.State.UNAVAILABLE, fault=", ".join(sorted(faults))[:60] or "no answer in it")
    state = VatCheck.State.VALID if raw["valid"] else VatCheck.State.INVALID
    return Answer(state, consultation=str(raw.get("requestIdentifier") or "")[:40])


def _posted(url: str, question: dict) -> dict:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = Request(url, data=json.dumps(question).encode(), headers=headers)
    with urlopen(request, timeout=TIMEOUT) as response:
        raw = json.loads(response.read(MOST))
    if not isinstance(raw, dict):
        raise ValueError("no object")
    return raw
