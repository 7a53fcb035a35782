"""A code mailed to whoever is signed in, to be typed in the same browser: proves that they read the mailbox."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts import mails
from accounts.forms import CodeForm
from accounts.signing_in import limits

STATE = "who_is_it_code"
TRIES, GOOD_FOR = 3, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


@transaction.atomic
def mail_code(request: HttpRequest) -> None:
    """Mail one, which ends an earlier one."""
    limits.count_mail(request, "request_login_code", request.user.email)
    code = get_adapter().generate_login_code()
    request.session[STATE] = {"code": code, "at": time.time(), "left": TRIES}
    mails.who_is_it_code(request.user, code)


def is_sent(request: HttpRequest) -> bool:
    """Whether one was mailed that still works."""
    return bool(_pending(request))


def form_for_it(request: HttpRequest) -> CodeForm:
    """The form in which it is typed."""
    return CodeForm(request.POST or None, code=_pending(request).get("code", ""))


def is_right(request: HttpRequest, form: CodeForm) -> bool:
    """Whether the right one was typed, which is used up; a wrong one costs one of the tries."""
    state = _pending(request)
    if form.is_valid():
        del request.session[STATE]
        return True
    if state:
        request.session[STATE] = state | {"left": state["left"] - 1}
    return False


def _pending(request: HttpRequest) -> dict:
    state = request.session.get(STATE, {})
    return state if state and state["left"] > 0 and time.time() - state["at"] < GOOD_FOR else {}
