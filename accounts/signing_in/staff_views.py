from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.forms import StaffSignInForm
from accounts.signing_in.sign_in_views import SignInView


class StaffSignInView(SignInView):
    """The backoffice's door; open whatever the shop does about its shoppers' accounts."""

    template_name = "accounts/signing_in/staff_sign_in.jinja"
    form_class = StaffSignInForm
    mails_codes = False

    def get_default_success_url(self) -> str:
        return "/backoffice/"


@require_safe
def reset_done(request: HttpRequest) -> HttpResponse:
    """After staff asked for a link to set a new password."""
    return render(request, "accounts/signing_in/staff_reset_done.jinja")
