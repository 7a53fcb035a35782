from allauth.account import views as allauth_views
from allauth.account.stages import LoginStage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.email_verification.mailbox_proven import mailbox_proven
from accounts.email_verification.request import welcome_orders
from accounts.forms import CodeForm, RequestCodeForm, SignInForm
from accounts.signing_in.mfa_adapter import rp_id


class SignInView(allauth_views.LoginView):
    """By password; a passkey is sent elsewhere. Another try that is still under way does not stand in the way."""

    template_name = "accounts/signing_in/sign_in.jinja"
    form_class = SignInForm
    mails_codes = True

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Sign in, or mail a code to whoever wants one or typed no password."""
        by = request.POST.get("by") or ("password" if request.POST.get("password") else "code")
        if by == "code" and self.mails_codes:
            return RequestCodeView.as_view()(request)
        return super().post(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"passkey_domain": rp_id()}

    @transaction.atomic
    def form_valid(self, form: SignInForm) -> HttpResponse:
        return super().form_valid(form)


class RequestCodeView(allauth_views.RequestLoginCodeView):
    """By a mailed code: the address."""

    template_name = "accounts/signing_in/request_code.jinja"
    form_class = RequestCodeForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None

    def get_form_kwargs(self) -> dict:
        kwargs = super().get_form_kwargs() | {"request": self.request}
        if "login" in self.request.POST:  # from the page to sign in
            kwargs["data"] = {"email": self.request.POST["login"]}
        return kwargs

    @transaction.atomic
    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        return super().form_valid(form)


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):
    """By a mailed code: the code. It proves the mailbox, whoever set a password for it before."""

    template_name = "accounts/signing_in/confirm_code.jinja"
    form_class = CodeForm

    @transaction.atomic
    def _verify_form_valid(self, form: CodeForm) -> HttpResponse:
        customer = self._process.user
        if not customer:  # erased since the code was mailed
            return self.stage.abort()
        had_orders = not customer.is_registered and customer.orders.exists()
        if mailbox_proven(customer, address=self._process.state["email"], source="sign-in code") and had_orders:
            welcome_orders(self.request, customer)
        return super()._verify_form_valid(form)


@require_safe
def not_open(request: HttpRequest) -> HttpResponse:
    """For who came with the right password or code, but may not come in (yet)."""
    return render(request, "accounts/signing_in/not_open.jinja", {"access": request.session.get("not_open", "")})


class SignOutView(allauth_views.LogoutView):
    """Signs out by POST, and has the browser forget what it kept; a GET asks first."""

    template_name = "accounts/signing_in/sign_out.jinja"
    leads_to = ""

    def post(self, *args, **kwargs) -> HttpResponse:
        response = super().post(*args, **kwargs)
        # Not "cookies": that would take the language along, and the message that one is signed out.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def get_redirect_url(self) -> str:
        return redirect(self.leads_to).url if self.leads_to else super().get_redirect_url()
