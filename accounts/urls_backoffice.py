from django.urls import path

from accounts.looking import views as looking_views
from accounts.security import mailed_code_views
from accounts.security import staff_views as security_views
from accounts.signing_in import (
    passkey_views,
    password_views,
    second_step_views,
    sign_in_views,
    staff_invitation_view,
    staff_views,
)

# `mfa_authenticate` is allauth's name for the page that its login stage leads to.
urlpatterns = [
    path("sign-in/", staff_views.StaffSignInView.as_view(), name="staff_sign_in"),
    path("sign-in/passkey/", passkey_views.staff_passkey_sign_in, name="staff_passkey_sign_in"),
    path("sign-in/passkey/options/", passkey_views.passkey_options, name="staff_passkey_options"),
    path("sign-in/second-step/", second_step_views.second_step, name="mfa_authenticate"),
    path("sign-in/reset/", password_views.StaffResetView.as_view(), name="staff_reset"),
    path("sign-in/reset/done/", staff_views.reset_done, name="staff_reset_done"),
    path("sign-in/invitation/<str:token>/", staff_invitation_view.staff_invitation, name="staff_invitation"),
    path("customers/<int:pk>/look/", looking_views.customer_look, name="customer_look"),
    path("look/end/", looking_views.customer_look_end, name="customer_look_end"),
    path("sign-out/", sign_in_views.SignOutView.as_view(leads_to="staff_sign_in"), name="staff_sign_out"),
    path("confirm/", second_step_views.staff_confirm, name="staff_confirm"),
    path("security/", security_views.staff_security, name="staff_security"),
    path("security/code/", mailed_code_views.staff_mailed_code, name="staff_mailed_code"),
    path("security/code/send/", mailed_code_views.staff_mailed_code_send, name="staff_mailed_code_send"),
    path("security/passkeys/add/", security_views.staff_passkey_add, name="staff_passkey_add"),
    path("security/app/add/", security_views.staff_app_add, name="staff_app_add"),
    path("security/factors/<int:pk>/remove/", security_views.staff_factor_remove, name="staff_factor_remove"),
    path("security/recovery-codes/", security_views.staff_recovery_codes, name="staff_recovery_codes"),
    path("security/sessions/end/", security_views.staff_session_end, name="staff_session_end"),
]
