"""What accounts hold on a person: how and when they sign in, and what is left in the cart and checkout of browsers."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Session, SignIn
from customers.field_rules import LINK, SECRET, No
from customers.privacy.archive import archive
from customers.privacy.archive.archive import Person, Section
from customers.privacy.archive.tables import Fact, Part, Record, Table, fact, in_batches
from orders.checkout import session as checkout
from orders.checkout.cart import Cart

EMAIL_ADDRESSES = Table(
    EmailAddress,
    told=("email", "verified", "primary"),
    left_out={"id": LINK, "user": LINK},
    words={
        "email": gettext_lazy("email"),
        "verified": gettext_lazy("confirmed"),
        "primary": gettext_lazy("used to sign in"),
    },
)
WAYS_IN = Table(
    Authenticator,
    told=("type", "created_at", "last_used_at"),
    left_out={"id": LINK, "user": LINK, "data": No("keys that sign in; the name is told")},
    words={
        "type": gettext_lazy("kind"),
        "created_at": gettext_lazy("added"),
        "last_used_at": gettext_lazy("last used"),
    },
)
SESSIONS = Table(
    Session,
    told=("created_at", "seen_at", "expire_date", "client"),
    left_out={
        "session_key": SECRET,
        "session_data": No("keys that sign in; cart and checkout are taken out of it"),
        "customer": LINK,
    },
    words={
        "created_at": gettext_lazy("signed in"),
        "seen_at": gettext_lazy("last used"),
        "expire_date": gettext_lazy("ends"),
        "client": gettext_lazy("browser"),
    },
)
SIGN_INS = Table(
    SignIn,
    told=("at", "method", "client"),
    left_out={"id": LINK, "customer": LINK},
    words={"at": gettext_lazy("when"), "method": gettext_lazy("how"), "client": gettext_lazy("browser")},
)


def register() -> None:
    """Called once, when the app is ready."""
    archive.sections += [
        Section("sign_in", gettext_lazy("Signing in"), (EMAIL_ADDRESSES, WAYS_IN), _ways_to_sign_in),
        Section("sign_ins", gettext_lazy("When you signed in"), (SIGN_INS,), _sign_ins, is_table=True),
        Section("sessions", gettext_lazy("Devices you are signed in on"), (SESSIONS,), _sessions),
    ]
    archive.left_out |= {
        "account.EmailConfirmation": SECRET,
        "accounts.SetUpCode": SECRET,
        "accounts.SessionAddress": No("stands for an address typed where nobody is signed in, and cannot be read"),
    }


def _ways_to_sign_in(person: Person) -> Iterator[Record]:
    addresses = [EMAIL_ADDRESSES.record(one, person.numbers) for one in _addresses_of(person)]
    password = fact("password_set", _("Password set"), person.customer.has_usable_password())
    parts = [
        Part("email_addresses", _("Email addresses"), addresses, is_table=True),
        Part("factors", _("Passkeys and second factors"), _factors_of(person), is_table=True),
    ]
    yield Record([password], parts)


def _factors_of(person: Person) -> Iterator[Record]:
    for one in in_batches(Authenticator.objects.filter(user__in=person.numbers)):
        name = fact("name", _("Name"), one.data.get("name", ""))
        yield Record([name, *WAYS_IN.record(one, person.numbers).facts])


def _addresses_of(person: Person) -> Iterator[EmailAddress]:
    return in_batches(EmailAddress.objects.filter(user__in=person.numbers))


def _sign_ins(person: Person) -> Iterator[Record]:
    for sign_in in in_batches(SignIn.objects.filter(customer__in=person.numbers)):
        yield SIGN_INS.record(sign_in, person.numbers)


def _sessions(person: Person) -> Iterator[Record]:
    for session in in_batches(Session.objects.filter(customer__in=person.numbers)):
        left = _left_in(session)
        yield Record([*SESSIONS.record(session, person.numbers).facts, *left])


def _left_in(session: Session) -> list[Fact]:
    """What is in the cart, and what the customer has typed in the checkout; not what somebody did before signing in."""
    data = session.get_decoded()
    cart = {line.product.name: line.quantity for line in Cart(data).lines}
    kept = data.get(checkout.KEY, {})
    typed = kept.get("details", {}) if kept.get("shopper") == session.customer_id else {}
    return [fact("cart", _("Cart"), cart), fact("checkout", _("Checkout"), typed)]
