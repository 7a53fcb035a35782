"""What the database holds on the customers of a batch, in the words of the file's columns."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from customers.importing.columns import OF_CUSTOMERS
from customers.models import Address, Consent, Customer, CustomerTag
from customers.search.text import PHONES, SEARCHED, SEARCHED_OF_ADDRESS, text_of_customer

OF_ROW = ("pk", "is_staff", "merged_into", "restricted_at")
FIELDS = tuple(dict.fromkeys((*OF_CUSTOMERS, *SEARCHED)))
ADDRESS_FIELDS = {kind: [f"{kind}_{name}" for name in Address.FIELDS] for kind in Address.Kind.values}


@dataclass
class KnownCustomer:
    """One customer: values by field, with `billing_` and `shipping_` before those of the addresses."""

    pk: int
    is_staff: bool
    merged_into: int | None
    restricted_at: datetime | None
    values: dict
    address_ids: dict[str, int] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    has_withdrawn: bool = False

    def differences(self, names: list[str], wanted: tuple) -> dict:
        """What of the file's values is news: those that say something, and something else."""
        own, news = self.values.get, {}
        for name, value in zip(names, wanted, strict=True):
            if value is not None and own(name, "") != value:
                news[name] = value
        for kind, fields in ADDRESS_FIELDS.items():
            if kind in self.address_ids and any(name in news for name in fields):
                _keep_what_is_whole(news, kind, dict(zip(names, wanted, strict=True)))
        if news.get("marketing_consent") and self.has_withdrawn:
            del news["marketing_consent"]
        if news.get("ship_elsewhere") and not (own("shipping_country") or news.get("shipping_country")):
            del news["ship_elsewhere"]
        return news

    def take_over(self, news: dict) -> None:
        self.values.update((name, value) for name, value in news.items() if name != "tags")

    def address(self, kind: str) -> tuple[int | None, int, str, tuple]:
        """The address's id, its customer's, its kind and its nine fields."""
        fields = tuple(self.values.get(f"{kind}_{name}", "") for name in Address.FIELDS)
        return self.address_ids.get(kind), self.pk, kind, fields

    @property
    def country(self) -> str:
        return self.values.get("billing_country", "")

    def search_text(self) -> str:
        """All that the search looks at; the addresses in the order in which they were made."""
        kinds = [*self.address_ids, *(kind for kind in Address.Kind.values if kind not in self.address_ids)]
        places = [self.values.get(f"{kind}_{name}", "") for kind in kinds for name in SEARCHED_OF_ADDRESS]
        return text_of_customer([self.values[name] for name in SEARCHED], places)


def _keep_what_is_whole(news: dict, kind: str, wanted: dict) -> None:
    """An address of which a cell could not be read does not take the place of one that is there."""
    parts = [name for name in ADDRESS_FIELDS[kind] if name in wanted]
    if any(wanted[name] is None for name in parts):
        for name in parts:
            news.pop(name, None)


def known_customers(ids: list[int], *, with_tags: bool, lock: bool = False) -> dict[str, KnownCustomer]:
    """Customers by their addresses; `lock` keeps others from changing them meanwhile.

    Always locked in the order of their ids, so that two imports wait for each other and never in a circle.
    """
    if not ids:
        return {}
    found = Customer.objects.filter(pk__in=ids)
    found = found.select_for_update(no_key=True).order_by("pk") if lock else found
    # Phones as the texts that they are kept as: a number is not worth parsing only to be compared.
    columns = (Cast(name, TextField()) if name in PHONES else name for name in FIELDS)
    rows = found.values_list(*OF_ROW, *columns)
    known = {
        row[0]: KnownCustomer(*row[: len(OF_ROW)], dict(zip(FIELDS, row[len(OF_ROW) :], strict=True))) for row in rows
    }
    _read_addresses(known)
    if with_tags:
        for pk, folded in CustomerTag.objects.filter(customer__in=known).values_list("customer", "tag__folded"):
            known[pk].tags.add(folded)
    _read_withdrawals(known)
    return {one.values["email"]: one for one in known.values()}


def _read_addresses(known: dict[int, KnownCustomer]) -> None:
    rows = Address.objects.filter(customer__in=known).order_by("pk")
    for pk, of, kind, *fields in rows.values_list("pk", "customer", "kind", *Address.FIELDS):
        known[of].address_ids[kind] = pk
        known[of].values.update(zip(ADDRESS_FIELDS[kind], fields, strict=True))


def _read_withdrawals(known: dict[int, KnownCustomer]) -> None:
    """Who agrees to no mails now, and said so in this shop once: a file cannot agree for them."""
    silent = [pk for pk, one in known.items() if not one.values["marketing_consent"]]
    withdrawn = Consent.objects.filter(customer__in=silent, given=False).exclude(source="import")
    for pk in withdrawn.values_list("customer", flat=True):
        known[pk].has_withdrawn = True
