from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

WANTED = "passkey_wanted"


class PasskeyStage(LoginStage):
    """After the mailbox was proved, and never before: the passkey of who signed up for one."""

    key = "sign_up_passkey"
    urlname = "account_sign_up_passkey"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        return (redirect(self.urlname) if self.login.state.get(WANTED) else None), True
