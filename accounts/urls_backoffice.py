from django.urls import path

from accounts.signing_in import password_views, sign_in_views, staff_invitation_view, staff_views

urlpatterns = [
    path("sign-in/", staff_views.StaffSignInView.as_view(), name="staff_sign_in"),
    path("sign-in/reset/", password_views.StaffResetView.as_view(), name="staff_reset"),
    path("sign-in/reset/done/", staff_views.reset_done, name="staff_reset_done"),
    path("sign-in/invitation/<str:token>/", staff_invitation_view.staff_invitation, name="staff_invitation"),
    path("sign-out/", sign_in_views.SignOutView.as_view(leads_to="staff_sign_in"), name="staff_sign_out"),
]
