from django.urls import path, re_path

from accounts.guards import asked_again, while_accounts_are_on
from accounts.views import (
    data,
    delete,
    edit,
    email,
    order,
    orders,
    password,
    reauthentication,
    sessions,
    sign_in,
    sign_up,
)

# Signing in: allauth's views under its names, each listed, so that there is no second door.
urlpatterns = [
    path("sign-in/", while_accounts_are_on(sign_in.SignInView.as_view()), name="account_login"),
    path(
        "sign-in/code/",
        while_accounts_are_on(sign_in.RequestCodeView.as_view()),
        name="account_request_login_code",
    ),
    path(
        "sign-in/code/confirm/",
        while_accounts_are_on(sign_in.ConfirmCodeView.as_view()),
        name="account_confirm_login_code",
    ),
    path("sign-up/", while_accounts_are_on(sign_up.SignUpView.as_view()), name="account_signup"),
    path("confirm/", sign_up.ConfirmAddressView.as_view(), name="account_email_verification_sent"),
    path("not-open/", sign_in.not_open, name="account_inactive"),
    path("sign-out/", sign_in.SignOutView.as_view(), name="account_logout"),
    path("reauthenticate/", reauthentication.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("reauthenticate/code/", reauthentication.reauthenticate_by_code, name="account_reauthenticate_by_code"),
    path(
        "password/",
        password.ChangePasswordView.as_view(extra_context={"area": "account"}),
        name="account_change_password",
    ),
    path(
        "password/set/",
        asked_again(password.SetPasswordView.as_view(extra_context={"area": "account"})),
        name="account_set_password",
    ),
    path("password/reset/", while_accounts_are_on(password.ResetView.as_view()), name="account_reset_password"),
    path("password/reset/done/", password.ResetDoneView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        password.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("email/", email.email, name="account_email"),
    path("email/undo/<str:token>/", email.undo, name="account_email_undo"),
    path("sessions/", sessions.sessions, name="account_sessions"),
]

# The account itself.
urlpatterns += [
    path("orders/", orders.orders, name="account_orders"),
    path("orders/<str:number>/", order.order, name="account_order"),
    path("orders/<str:number>/<str:document>.pdf", order.document, name="account_document"),
    path("", data.data, name="account_data"),
    path("ask/", data.ask, name="account_ask"),
    path("edit/<slug:part>/", edit.edit, name="account_edit"),
    path("delete/", delete.delete, name="account_delete"),
    path("delete/done/", delete.deleted, name="account_deleted"),
]
