from django.urls import path, re_path

from accounts.email_verification import views as email_verification_views
from accounts.portal import archive_view, data_view, delete_view, edit_view, order_view, orders_view
from accounts.security import sessions_view, shopper_views
from accounts.sign_up import passkey_view
from accounts.sign_up import views as sign_up_views
from accounts.signing_in import passkey_views, password_views, reauthentication_views, sign_in_views
from accounts.signing_in.guards import asked_again, while_accounts_are_on

# Signing in: allauth's views under its names, each listed, so that there is no second door.
urlpatterns = [
    path("sign-in/", while_accounts_are_on(sign_in_views.SignInView.as_view()), name="account_login"),
    path(
        "sign-in/code/",
        while_accounts_are_on(sign_in_views.RequestCodeView.as_view()),
        name="account_request_login_code",
    ),
    path(
        "sign-in/code/confirm/",
        while_accounts_are_on(sign_in_views.ConfirmCodeView.as_view()),
        name="account_confirm_login_code",
    ),
    path("sign-in/passkey/", while_accounts_are_on(passkey_views.passkey_sign_in), name="account_passkey_sign_in"),
    path(
        "sign-in/passkey/options/", while_accounts_are_on(passkey_views.passkey_options), name="account_passkey_options"
    ),
    path("sign-up/", while_accounts_are_on(sign_up_views.SignUpView.as_view()), name="account_signup"),
    path("sign-up/passkey/", while_accounts_are_on(passkey_view.sign_up_passkey), name="account_sign_up_passkey"),
    path("confirm/", sign_up_views.ConfirmAddressView.as_view(), name="account_email_verification_sent"),
    path("not-open/", sign_in_views.not_open, name="account_inactive"),
    path("sign-out/", sign_in_views.SignOutView.as_view(), name="account_logout"),
    path("reauthenticate/", reauthentication_views.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("reauthenticate/code/", reauthentication_views.reauthenticate_by_code, name="account_reauthenticate_by_code"),
    path(
        "reauthenticate/passkey/",
        reauthentication_views.reauthenticate_by_passkey,
        name="account_reauthenticate_by_passkey",
    ),
    path(
        "password/",
        password_views.ChangePasswordView.as_view(extra_context={"area": "account"}),
        name="account_change_password",
    ),
    path(
        "password/set/",
        asked_again(password_views.SetPasswordView.as_view(extra_context={"area": "account"})),
        name="account_set_password",
    ),
    path("password/reset/", while_accounts_are_on(password_views.ResetView.as_view()), name="account_reset_password"),
    path("password/reset/done/", password_views.ResetDoneView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        password_views.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("email/", email_verification_views.email, name="account_email"),
    path("email/undo/<str:token>/", email_verification_views.undo, name="account_email_undo"),
    path("sessions/", sessions_view.sessions, name="account_sessions"),
    path("security/", shopper_views.security, name="account_security"),
    path("security/changes/", shopper_views.changes, name="account_changes"),
    path("security/stay/", shopper_views.stay_signed_in, name="account_stay_signed_in"),
    path("security/passkeys/add/", shopper_views.passkey_add, name="account_passkey_add"),
    path("security/passkeys/<int:pk>/", shopper_views.passkey_rename, name="account_passkey"),
    path("security/passkeys/<int:pk>/remove/", shopper_views.passkey_remove, name="account_passkey_remove"),
]

# The account itself.
urlpatterns += [
    path("orders/", orders_view.orders, name="account_orders"),
    path("orders/<str:number>/", order_view.order, name="account_order"),
    path("orders/<str:number>/<str:document>.pdf", order_view.document, name="account_document"),
    path("", data_view.data, name="account_data"),
    path("ask/", data_view.ask, name="account_ask"),
    path("edit/<slug:part>/", edit_view.edit, name="account_edit"),
    path("export/", archive_view.archive, name="account_archive"),
    path("export/notes/", archive_view.archive_notes, name="account_archive_notes"),
    path("delete/", delete_view.delete, name="account_delete"),
    path("delete/done/", delete_view.deleted, name="account_deleted"),
]
