"""What two records say of one person: where they differ, what is kept when they become one, and how to take it back.

What the merchant may choose is `differences()`. Three things are not a matter of choice: the stricter access holds, so
that no merge opens a door that was shut; consent to marketing is never gained, since it was given for another address,
and is lost where the newest proof of either record is a withdrawal (art. 7(3) GDPR); and the older date stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Field
from django.utils.translation import gettext as _

from customers import business_numbers
from customers.field_rules import CUSTOMER_FIELDS, Merging
from customers.history.words import field_label, value_shown
from customers.models import Address, Consent, Customer, Merge

KEPT, MERGED, BOTH = "kept", "merged", "both"
CHOSEN = tuple(name for name, rule in CUSTOMER_FIELDS.items() if rule.merge in (Merging.CHOSEN, Merging.BOTH))
MAY_KEEP_BOTH = tuple(name for name in CHOSEN if CUSTOMER_FIELDS[name].merge is Merging.BOTH)
KINDS = tuple(Address.Kind.values)
# The strictest first.
STRICTNESS = (Customer.Access.BLOCKED, Customer.Access.REFUSED, Customer.Access.AWAITING, Customer.Access.OPEN)


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ: both values as people read them, and which is kept unless one chooses."""

    name: str
    kept: str
    merged: str
    preset: str

    @property
    def label(self) -> str:
        return str(Address.Kind(self.name).label if self.name in KINDS else field_label(self.name))

    @property
    def options(self) -> list[tuple[str, str]]:
        """What there is to choose from, as (value, words)."""
        options = [(KEPT, self.kept), (MERGED, self.merged)]
        return [*options, (BOTH, _("Both, one below the other"))] if self.preset == BOTH else options


def differences(kept: Customer, merged: Customer) -> list[Difference]:
    """Everything in which two records differ and that one may choose, in the order of the customer's form."""
    found = [_difference(name, kept, merged) for name in CHOSEN]
    return [one for one in [*found, *(_of_address(kind, kept, merged) for kind in KINDS)] if one]


def presets(kept: Customer, merged: Customer) -> dict[str, str]:
    """What is chosen where nobody chooses."""
    return {one.name: one.preset for one in differences(kept, merged)}


def stricter_access(kept: Customer, merged: Customer) -> str:
    return min(kept.access, merged.access, key=STRICTNESS.index)


def may_be_mailed(kept: Customer, merged: Customer) -> bool:
    """Whether the kept record still agrees to marketing: as before, unless the newest proof of either withdraws it."""
    newest = Consent.objects.filter(customer__in=[kept, merged]).first()
    return kept.marketing_consent and (newest is None or newest.given)


def take(kept: Customer, merged: Customer, choices: Mapping[str, str]) -> dict:
    """Write what was chosen to the kept record; returns what that overwrote, for `put_back`."""
    chosen = presets(kept, merged) | {name: choice for name, choice in choices.items() if choice}
    addresses = {kind: _lines_in(kind, kept) for kind in KINDS}
    values = _values(kept, merged, chosen)
    before = {name: [_text(kept, name)] for name in values}
    _write(kept, values)
    for name in before:
        before[name].append(_text(kept, name))
    for kind in KINDS:
        if chosen.get(kind) == MERGED:
            _write_address(kept, kind, _lines_in(kind, merged))
    changed = {kind: [old, new] for kind, old in addresses.items() if (new := _lines_in(kind, kept)) != old}
    kept.refresh_derived_fields()
    return {"fields": before, "addresses": changed}


def put_back(merge: Merge, kept: Customer) -> None:
    """Give the kept record back what the merge overwrote, wherever nobody has changed it since.

    What a later merge overwrote in turn, or holds to by the rules above, is left to its own undo.
    """
    fields = merge.before.get("fields", {})
    back = {name: old for name, (old, new) in fields.items() if _text(kept, name) == new}
    later = list(kept.merges.filter(at__gt=merge.at, undone_at=None).order_by("at"))
    held = _held_by_others(merge, kept, back)
    _write(kept, {name: _value(name, text) for name, text in (back | held).items()})
    for kind, (old, new) in merge.before.get("addresses", {}).items():
        if _lines_in(kind, kept) == new:
            _write_address(kept, kind, old)
    if later:
        _hand_on(merge, later, {name: [back[name], value] for name, value in held.items()})
    kept.refresh_derived_fields()


def _held_by_others(merge: Merge, kept: Customer, back: dict) -> dict:
    """What cannot go back as it was: whose door is shut, and who withdrew, among those who are still merged."""
    held = {}
    if "access" in back:
        others = kept.merged.values_list("access", flat=True)
        strictest = min([back["access"], *others], key=STRICTNESS.index)
        held |= {"access": strictest} if strictest != back["access"] else {}
    newest = kept.consents.exclude(pk__in=merge.moved.get("consents", [])).first()
    if "marketing_consent" in back and newest and newest.at > merge.at:
        del back["marketing_consent"]  # they have said something newer
    elif "marketing_consent" in back and newest and not newest.given:
        held["marketing_consent"] = merge.before["fields"]["marketing_consent"][1]
    return held


def _hand_on(merge: Merge, later: list[Merge], held: dict[str, list]) -> None:
    """Let the undo of later merges go back to before this one too, where they overwrote what it wrote, or hold it."""
    for one in later:
        for part in ("fields", "addresses"):
            own, theirs = merge.before.get(part, {}), one.before.get(part, {})
            for name in own.keys() & theirs.keys():
                if theirs[name][0] == own[name][1]:
                    theirs[name][0] = own[name][0]
    later[-1].before.setdefault("fields", {}).update(held)
    for one in later:
        one.save(update_fields=["before"])


# --- What differs


def _difference(name: str, kept: Customer, merged: Customer) -> Difference | None:
    mine, other = _shown(kept, name), _shown(merged, name)
    if _text(kept, name) == _text(merged, name):
        return None
    if name in MAY_KEEP_BOTH and mine and other:
        return Difference(name, mine, other, BOTH)
    is_empty = not mine or getattr(kept, name) == Customer.Gender.UNSPECIFIED
    return Difference(name, mine, other, MERGED if is_empty else KEPT)


def _of_address(kind: str, kept: Customer, merged: Customer) -> Difference | None:
    """An address is one choice; with the shipping address goes whether to ship there."""
    if _lines_in(kind, kept) == _lines_in(kind, merged) and (kind == "billing" or _ships_alike(kept, merged)):
        return None
    is_empty = not _lines_in(kind, kept) and (kind == "billing" or kept.billing_address is None)
    return Difference(kind, _address_shown(kind, kept), _address_shown(kind, merged), MERGED if is_empty else KEPT)


def _ships_alike(kept: Customer, merged: Customer) -> bool:
    return kept.ship_elsewhere == merged.ship_elsewhere


def _shown(customer: Customer, name: str) -> str:
    return value_shown(name, _text(customer, name) or "")


def _address_shown(kind: str, customer: Customer) -> str:
    lines = _lines_in(kind, customer)
    if kind == "shipping" and not customer.ship_elsewhere:
        return _("Ship to the billing address")
    return ", ".join(Address(kind=kind, **lines).lines()) if lines else ""


# --- Reading and writing


def _values(kept: Customer, merged: Customer, chosen: Mapping[str, str]) -> dict:
    """The new values of the kept record, of all that changes."""
    taken = [name for name in CHOSEN if chosen.get(name) == MERGED]
    values = {name: getattr(merged, name) for name in taken}
    for name in MAY_KEEP_BOTH:
        if chosen.get(name) == BOTH:
            values[name] = f"{getattr(kept, name)}\n\n{getattr(merged, name)}"
    if chosen.get("shipping") == MERGED:
        values["ship_elsewhere"] = merged.ship_elsewhere
    numbers = {name: merged for name in business_numbers.FIELDS if name in taken}
    values |= {
        "confirmed_numbers": _confirmed(kept, numbers),
        "access": stricter_access(kept, merged),
        "marketing_consent": may_be_mailed(kept, merged),
        "created_at": min(kept.created_at, merged.created_at),
    }
    return {name: value for name, value in values.items() if value != getattr(kept, name)}


def _confirmed(kept: Customer, taken: Mapping[str, Customer]) -> dict[str, str]:
    """The numbers that somebody confirmed, each from the record whose number is kept."""
    sources = {name: taken.get(name, kept).confirmed_numbers for name in business_numbers.FIELDS}
    return {name: confirmed[name] for name, confirmed in sources.items() if name in confirmed}


def _write(customer: Customer, values: Mapping) -> None:
    if values:
        Customer.objects.filter(pk=customer.pk).update(**values)
        customer.refresh_from_db(fields=list(values))


def _lines_in(kind: str, customer: Customer) -> dict[str, str] | None:
    address = Address.objects.filter(customer=customer, kind=kind).first()
    return address.as_dict() if address else None


def _write_address(customer: Customer, kind: str, lines: Mapping[str, str] | None) -> None:
    if lines:
        Address.objects.update_or_create(customer=customer, kind=kind, defaults=dict(lines))
    else:
        Address.objects.filter(customer=customer, kind=kind).delete()


def _text(customer: Customer, name: str):
    """A value as JSON can hold it."""
    return None if getattr(customer, name) is None else _field(name).value_to_string(customer)


def _value(name: str, text):
    return None if text is None else _field(name).to_python(text)


def _field(name: str) -> Field:
    return Customer._meta.get_field(name)
