from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password

from customers.models import Customer
from shopadmin.models import StoreSettings


class Backend(AuthenticationBackend):
    """Who may sign in, asked on every request: a door that closes shuts open sessions too."""

    def user_can_authenticate(self, user: Customer) -> bool:
        return super().user_can_authenticate(user) and (user.is_staff or StoreSettings.current().accounts_enabled)

    def _mitigate_timing_attack(self, password: str) -> None:
        """Hash for an unknown address as often as for a known one."""
        Customer(password=make_password(None)).check_password(password)

    def _authenticate_by_email(self, email: str, password: str) -> Customer | None:
        # allauth would ask its own table of addresses first, and a stale row there opens another's door.
        return self._check_password(Customer.objects.filter(email=email).first(), password)
