from django.urls import path

from accounts.views import password, sign_in, staff

urlpatterns = [
    path("sign-in/", staff.StaffSignInView.as_view(), name="staff_sign_in"),
    path("sign-in/reset/", password.StaffResetView.as_view(), name="staff_reset"),
    path("sign-in/reset/done/", staff.reset_done, name="staff_reset_done"),
    path("sign-out/", sign_in.SignOutView.as_view(leads_to="staff_sign_in"), name="staff_sign_out"),
]
