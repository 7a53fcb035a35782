from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.signing_in.backend import Backend


class AdmissionStage(LoginStage):
    """The last step of every way in: is the door open to this customer? Only who proved to be them gets to know."""

    key = "may_come_in"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        customer = self.login.user
        if Backend().user_can_authenticate(customer):
            return None, True
        merged = "merged" if customer.merged_into_id else ""
        self.request.session["not_open"] = "" if customer.is_active else merged or customer.access
        return redirect("account_inactive"), False
