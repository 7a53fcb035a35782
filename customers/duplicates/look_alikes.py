"""Look-alikes: records that may be one person, and what makes one think so.

Two records look alike with the same phone number in any column, the same VAT number, or the same name at the same
postcode. Each is an equality that an index answers: asking costs the same at a thousand customers and a million.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from customers.business_numbers import normal_form
from customers.models import Address, Customer, Duplicate
from customers.models.customer_manager import CustomerQuerySet
from customers.record.phone_field import PhoneField
from customers.search.text import fold
from shopadmin.models import StoreSettings

MOST = 5
LOOKED_AT, LONGEST = 50, 100


@dataclass(frozen=True)
class Clues:
    """What is known of a person that tells them from others: folded names, and numbers as they are kept."""

    phones: frozenset[str]
    vat_number: str
    last_name: str
    initial: str
    postcode: str


@dataclass(frozen=True)
class LookAlike:
    """A record that may be the same person, and why, in words."""

    customer: Customer
    reasons: list[str]


def clues_of(customer: Customer) -> Clues:
    """The clues of a record, its billing address included."""
    address = customer.billing_address
    return Clues(
        phones=frozenset(phone.as_e164 for phone in (customer.phone, customer.mobile) if phone),
        vat_number=customer.vat_number,
        last_name=fold(customer.last_name),
        initial=fold(customer.first_name or customer.initials)[:1],
        postcode=_plain(address.postcode) if address else "",
    )


def clues_by_number(numbers: Collection[int]) -> dict[int, Clues]:
    """The clues of many records by their number, from nothing but the columns that hold them."""
    there = Address.objects.filter(kind="billing", customer__in=numbers)
    postcodes = dict(there.values_list("customer", "postcode"))
    # As they are kept: a field of phone numbers would take each of them apart.
    phones = {f"{name}_kept": ExpressionWrapper(F(name), CharField()) for name in ("phone", "mobile")}
    rows = Customer.objects.filter(pk__in=numbers).annotate(**phones)
    return {
        row["pk"]: Clues(
            phones=frozenset(row[name] for name in phones if row[name]),
            vat_number=row["vat_number"],
            last_name=fold(row["last_name"]),
            initial=fold(row["first_name"] or row["initials"])[:1],
            postcode=_plain(postcodes.get(row["pk"], "")),
        )
        for row in rows.values("pk", "vat_number", "last_name", "first_name", "initials", *phones)
    }


def clues_in(typed: Mapping[str, str]) -> Clues:
    """The clues in what somebody types into the form of a customer; what is no number (yet) is none."""
    typed = {name: value.replace("\0", "").strip()[:LONGEST] for name, value in typed.items()}
    country = typed.get("billing-country") or str(StoreSettings.current().country)
    phones = (_phone(typed.get(name, "")) for name in ("phone", "mobile"))
    return Clues(
        phones=frozenset(phone for phone in phones if phone),
        vat_number=normal_form("vat_number", typed.get("vat_number", ""), country),
        last_name=fold(typed.get("last_name", "")),
        initial=fold(typed.get("first_name") or typed.get("initials") or "")[:1],
        postcode=_plain(typed.get("billing-postcode", "")),
    )


def look_alikes(clues: Clues, *, but: int | None = None) -> list[LookAlike]:
    """The newest records that share a clue, without number `but` and those who were said to be somebody else."""
    ways = _ways(clues)
    if not ways:
        return []
    found = Customer.objects.shoppers().unrestricted().filter(pk__in=ways[0].union(*ways[1:]) if ways[1:] else ways[0])
    if but is not None:
        found = found.exclude(pk=but).exclude(_said_to_be_another_than(but))
    rows = found.defer("search_text", "notes").prefetch_related("addresses").order_by("-pk")[:LOOKED_AT]
    alike = [LookAlike(row, reasons_between(clues, clues_of(row))) for row in rows]
    return [one for one in alike if one.reasons][:MOST]


def reasons_between(one: Clues, other: Clues) -> list[str]:
    """Why two may be one person, in words; nothing when nothing speaks for it."""
    shared = sorted(one.phones & other.phones)
    reasons = [_("Same phone number: %s") % PhoneNumber.from_string(phone) for phone in shared]
    if one.vat_number and one.vat_number == other.vat_number:
        reasons.append(_("Same VAT number: %s") % one.vat_number)
    if one.postcode and one.postcode == other.postcode and _same_name(one, other):
        reasons.append(_("Same name and postcode"))
    return reasons


def keep_look_alikes(pk: int) -> None:
    """Look for the look-alikes of a record that was just saved, and keep the pairs for its page and the list."""
    customer = Customer.objects.prefetch_related("addresses").get(pk=pk)
    alike = look_alikes(clues_of(customer), but=pk)
    pairs = [sorted([pk, one.customer.pk]) for one in alike]
    Duplicate.objects.bulk_create(
        [Duplicate(first_id=first, second_id=second) for first, second in pairs], ignore_conflicts=True
    )


def dismiss(one: Customer, other: Customer, *, by: Customer) -> None:
    """Take note that two records are two people: they are not offered as one again."""
    first, second = sorted([one.pk, other.pk])
    said = {"dismissed_at": timezone.now(), "dismissed_by": by}
    Duplicate.objects.update_or_create(first_id=first, second_id=second, defaults=said)


def offer_again(one: Customer, other: Customer) -> None:
    """Take back that two records are two people."""
    first, second = sorted([one.pk, other.pk])
    Duplicate.objects.filter(first=first, second=second).update(dismissed_at=None, dismissed_by=None)


def _ways(clues: Clues) -> list[CustomerQuerySet]:
    """One look-up for each clue that there is, each by an index of its own; they give ids."""
    ways = []
    if clues.phones:
        # "> ''" is what the partial indexes hold.
        ways += [
            Customer.objects.filter(**{f"{name}__in": clues.phones, f"{name}__gt": ""}) for name in ("phone", "mobile")
        ]
    if clues.vat_number:
        ways.append(Customer.objects.filter(vat_number=clues.vat_number, vat_number__gt=""))
    if clues.last_name and clues.postcode:
        there = Address.objects.filter(kind="billing", postcode__in=_spellings(clues.postcode)).values("customer")
        ways.append(Customer.objects.filter(pk__in=there, search_text__contains=f" {clues.last_name} "))
    return [way.values("pk") for way in ways]


def _said_to_be_another_than(pk: int) -> Exists:
    pair = Q(first=pk, second=OuterRef("pk")) | Q(second=pk, first=OuterRef("pk"))
    return Exists(Duplicate.objects.filter(pair, dismissed_at__isnull=False))


def _same_name(one: Clues, other: Clues) -> bool:
    """The same last name, and first names that begin alike where both are known: `J.` may be `Jan`."""
    is_known = one.initial and other.initial
    return bool(one.last_name) and one.last_name == other.last_name and (not is_known or one.initial == other.initial)


def _plain(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _spellings(postcode: str) -> list[str]:
    """How a postcode may be kept: in one word, with a blank after four (Dutch) or before three (British)."""
    return list({postcode, f"{postcode[:4]} {postcode[4:]}", f"{postcode[:-3]} {postcode[-3:]}"})


def _phone(typed: str) -> str:
    try:
        number = PhoneField(required=False).clean(typed)
    except ValidationError:
        return ""
    return number.as_e164 if number else ""
