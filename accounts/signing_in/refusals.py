"""Sign-ins that the door of staff refused, in the staff log: known, unknown and shoppers' addresses cost the same."""

from django.http import HttpRequest

from shopadmin.staff_log.writing import THIS_ONE, Act, Whom, write

OF_STAFF = Whom("SELECT id FROM customers_customer WHERE email = %s AND is_staff")


def refused_at_staff_door(request: HttpRequest, email: str) -> None:
    """Whom somebody tried to be; nobody's number where no member of staff has the address."""
    match = request.resolver_match
    if match and match.route.startswith("backoffice/"):
        write(request, Act.SIGN_IN_REFUSED, actor=None, whom=OF_STAFF, value=email)


def refused_at_second_step(request: HttpRequest, number: int) -> None:
    """Somebody who has a password does not get past the second step."""
    write(request, Act.SIGN_IN_REFUSED, actor=None, whom=THIS_ONE, value=number)
