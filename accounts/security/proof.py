"""What has to be shown before the ways in of somebody with staff rights change."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from accounts.security.factors import factors_of
from shopadmin.sign_in_records import LATELY, came_with_second_factor, proved_lately

MAILED, PRINTED = "code", "printed_code"


def asks_first(request: HttpRequest) -> str:
    """The page that asks for it; empty where it was shown a few minutes ago.

    The password is no such thing: a thief with it would set up a factor and be taken for its owner.
    """
    if factors_of(request.user).exists():
        return "" if came_with_second_factor(request) and proved_lately(request) else "staff_confirm"
    return "" if _typed_a_code_lately(request) else "staff_mailed_code"


def _typed_a_code_lately(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    times = [one["at"] for one in records if one["method"] in (MAILED, PRINTED) and one.get("reauthenticated")]
    return time.time() - max(times, default=0) < LATELY
