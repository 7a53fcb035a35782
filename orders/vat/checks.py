"""VAT numbers are checked in the background: nobody waits for the register, and none of its faults stops an order.

A number is asked for when somebody orders with it, again a day after the last answer, and after a failure with growing
pauses. Until it is found valid the order pays VAT.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from customers.business_numbers import COUNTRY_OF, normal_form
from customers.models import Customer
from orders.models import VatCheck
from orders.models.vat_check import ASKED_AGAIN_AFTER
from orders.vat import vies
from orders.vat.territories import FOR_GOODS, NORTHERN_IRELAND
from shopadmin.database_clock import database_now
from shopadmin.models import StoreSettings
from shopadmin.rendering.badges import Badge
from shopadmin.sealed_text import seal, unseal

SALT = "orders.vat-number"
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440)]


def number_abroad(vat_number: str, country: str) -> str:
    """A VAT number of another member state in its normal form; empty for any other, and for what cannot be one."""
    number, home = normal_form("vat_number", vat_number, country), str(StoreSettings.current().country)
    state = state_of(number)
    if state not in FOR_GOODS - {home} or home not in FOR_GOODS:
        return ""
    module = get_cc_module(COUNTRY_OF.get(number[:2], number[:2]).lower(), "vat")
    try:
        module.validate(number[2:] if state == NORTHERN_IRELAND else number)
    except ValidationError:
        return ""
    return number


def state_of(number: str) -> str:
    """The territory whose number it is: GR for EL, XI for Northern Ireland."""
    return "GR" if number[:2] == "EL" else number[:2]


def check_of(vat_number: str, country: str) -> VatCheck | None:
    """What is known of a VAT number; None where it is none of another member state, or nobody has asked."""
    number = number_abroad(vat_number, country) if vat_number else ""
    return VatCheck.objects.filter(fingerprint=fingerprint(number)).first() if number else None


def badge_of(customer: Customer) -> Badge | None:
    """What the register says of the number of a business, as its overview shows it."""
    check = check_of(customer.vat_number, str(customer.country)) if customer.is_business else None
    return check.badge if check else None


@transaction.atomic
def ask_for(vat_number: str, country: str) -> None:
    """Have a VAT number of another member state checked, unless there is an answer of today or one is on its way."""
    number = number_abroad(vat_number, country) if vat_number else ""
    if not number:
        return
    sealed = seal(number, salt=SALT)
    check, is_new = VatCheck.objects.get_or_create(fingerprint=fingerprint(number), defaults={"sealed_number": sealed})
    since = timezone.now() - ASKED_AGAIN_AFTER
    if is_new or (check.asked_at < since and (check.answered_at is None or check.answered_at < since)):
        VatCheck.objects.filter(pk=check.pk).update(asked_at=timezone.now(), tries=0, sealed_number=sealed)
        check_vat_number.enqueue(check.pk)


@task
def check_vat_number(pk: int) -> None:
    """Ask the register; try again later where it gives no answer. An earlier answer counts until there is a newer."""
    check, store = VatCheck.objects.filter(pk=pk).first(), StoreSettings.current()
    if check is None or not check.sealed_number:
        return
    answer = vies.Answer(VatCheck.State.UNAVAILABLE, fault="switched off")
    if settings.VIES_URL:
        requester = normal_form("vat_number", store.vat_number, str(store.country))
        number = unseal(check.sealed_number, salt=SALT)
        answer = vies.ask(number, base=settings.VIES_URL, requester=requester)
    if answer.state == VatCheck.State.UNAVAILABLE:
        _try_again(check, fault=answer.fault)
        return
    found = {"state": answer.state, "consultation": answer.consultation, "answered_at": timezone.now()}
    VatCheck.objects.filter(pk=pk).update(**found, fault="", sealed_number="", tries=F("tries") + 1)


@transaction.atomic
def _try_again(check: VatCheck, *, fault: str) -> None:
    """Say that there is no answer yet, and ask again after a pause that grows each time."""
    rows = VatCheck.objects.filter(pk=check.pk)
    rows.update(tries=F("tries") + 1, fault=fault)
    rows.filter(answered_at__isnull=True).update(state=VatCheck.State.UNAVAILABLE)
    if settings.VIES_URL and check.tries < len(PAUSES):
        run_after = database_now() + PAUSES[check.tries]
        check_vat_number.using(run_after=run_after).enqueue(check.pk)


def forget(vat_numbers: Iterable[str]) -> None:
    """Forget what was found of these numbers, since somebody is erased who had them."""
    VatCheck.objects.filter(fingerprint__in=[fingerprint(number) for number in vat_numbers if number]).delete()


def fingerprint(number: str) -> str:
    """What a number is found by once it is not kept itself; the key is never changed."""
    return salted_hmac(SALT, number, secret=settings.ERASURE_KEY, algorithm="sha256").hexdigest()


def forget_unused() -> None:
    """Delete the checks that nobody has asked for in a month: an order keeps what was found for it."""
    VatCheck.objects.filter(asked_at__lt=timezone.now() - timedelta(days=30)).delete()
