from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from customers import segments


def menu(request: HttpRequest) -> dict:
    """The saved views of the customer list, for the menu of the backoffice; read only where it is shown."""
    is_staff = request.path.startswith("/backoffice/") and request.user.is_authenticated and request.user.is_staff
    return {"menu_segments": SimpleLazyObject(lambda: segments.of_the_request(request))} if is_staff else {}
