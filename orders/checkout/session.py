"""What a shopper has typed and chosen so far: kept in the session until the order is placed."""

import uuid
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import get_language

from customers.models import Address, Customer
from customers.names import company_of
from orders.checkout import payment_methods
from orders.checkout.cart import Cart
from orders.checkout.details_form import Details, details_of
from orders.checkout.quote import Quote
from orders.delivery.likely_country import likely_country
from orders.models import DeliveryMethod, Order, VatCheck
from orders.vat.sale import check_for, sale_of
from orders.vat.treatment import Sale
from shopadmin.sealed_text import seal, unseal

KEY = "checkout"
SALT = "orders.password-of-checkout"


class UnfinishedOrder:
    """The checkout of one browser; begun anew when its shopper signs in or out, since that may be somebody else."""

    def __init__(self, request: HttpRequest) -> None:
        self.session = request.session
        self.store = request.store
        self.shopper: Customer | None = request.user if request.user.is_authenticated else None
        self.cart = Cart(self.session)
        kept = self.session.get(KEY, {})
        self.kept: dict = kept if kept.get("shopper") == self._shopper_id else {}

    @property
    def _shopper_id(self) -> int | None:
        return self.shopper.pk if self.shopper else None

    def _keep(self, **changes) -> None:
        self.kept = {**self.kept, **changes, "shopper": self._shopper_id}
        self.session[KEY] = self.kept

    # --- The steps

    @property
    def may_order(self) -> bool:
        """Whether this shopper may order: guests only where the shop lets them."""
        return self.shopper is not None or self.store.guest_checkout

    @property
    def details(self) -> dict:
        return self.kept.get("details", {})

    @property
    def details_to_show(self) -> dict:
        """What the first step is filled in with: what was typed, else what the record knows."""
        return self.details or (details_of(self.shopper) if self.shopper else {})

    def keep_details(self, details: Details) -> None:
        """Keep the first step, and draw the key by which all presses of the last button place one order.

        Where goods would go is not asked for services, and stays what was typed for goods that may come back.
        """
        kept = details.to_keep()
        if self.details.get("ship_elsewhere") and not kept["ship_elsewhere"] and not self.has_goods:
            kept |= {name: self.details[name] for name in ("ship_elsewhere", "shipping")}
        self._keep(details=kept, key=self.key or str(uuid.uuid4()))
        if not self.wants_account:
            self._keep(password="")

    def keep_password(self, details: Details) -> None:
        """Keep a valid password, encrypted, even when something else has to be corrected first.

        It is hashed only when the order is placed: hashing is slow, and this form can be sent a thousand times.
        """
        if details.password and "password1" not in details.person.errors:
            self._keep(password=seal(details.password, salt=SALT))

    def keep_delivery(self, method: DeliveryMethod | None, payment_method: str) -> None:
        """Keep the second step; services have no way of delivery, and goods that come to them are asked for one."""
        self._keep(delivery=method.pk if method else None, payment_method=payment_method)

    @property
    def password(self) -> str:
        """The password for the account to be made; empty when none was typed."""
        return unseal(self.kept.get("password", ""), salt=SALT)

    @property
    def wants_account(self) -> bool:
        return bool(self.details.get("create_account"))

    @property
    def has_goods(self) -> bool:
        """Whether something has to be delivered, so that it is asked how and where."""
        return self.cart.has_goods

    @property
    def ships_elsewhere(self) -> bool:
        """Whether the parcel goes to another address than the billing address."""
        return bool(self.details.get("ship_elsewhere")) and self.has_goods

    @property
    def country(self) -> str:
        """Where the parcel goes; the likely country as long as nobody has said."""
        kind = "shipping" if self.ships_elsewhere else "billing"
        return self.details[kind]["country"] if self.details else self.likely_country

    @property
    def likely_country(self) -> str:
        """The country that is chosen until the shopper chooses one."""
        return likely_country(str(self.store.country), get_language() or "", self._all_delivery_methods)

    @property
    def addresses(self) -> dict[str, dict]:
        """The addresses of the order by kind: billing, and shipping when it is another."""
        kinds = ["billing", "shipping"] if self.ships_elsewhere else ["billing"]
        return {kind: self.details[kind] for kind in kinds}

    @property
    def address_lines(self) -> dict[str, list[str]]:
        """The billing address and, when it is another, that of the delivery, line by line."""
        names = {
            "name": f"{self.details['first_name']} {self.details['last_name']}",
            "company": company_of(self.details["customer_type"], self.details["company_name"]),
        }
        lines = {kind: Address(**address).lines(**names) for kind, address in self.addresses.items()}
        return {"billing": lines["billing"], "delivery": lines.get("shipping", [])}

    @cached_property
    def vat_check(self) -> VatCheck | None:
        """What is known of the VAT number that was typed."""
        return check_for(self.details, self.addresses)

    @property
    def chosen(self) -> dict:
        """The choices of the second step, by field."""
        return {name: self.kept[name] for name in ("delivery", "payment_method") if self.kept.get(name)}

    @property
    def payment_method(self) -> str:
        return self.chosen.get("payment_method", "")

    @cached_property
    def _all_delivery_methods(self) -> list[DeliveryMethod]:
        return list(DeliveryMethod.objects.all())

    @property
    def delivery_methods(self) -> list[DeliveryMethod]:
        """The ways of delivery that reach the shopper; none where there is nothing to deliver."""
        if not self.has_goods:
            return []
        country = self.country
        return [method for method in self._all_delivery_methods if method.goes_to(country)]

    @property
    def delivery_method(self) -> DeliveryMethod | None:
        """The one that was chosen, while it is on offer and goes with the way to pay."""
        wanted = self.chosen.get("delivery")
        for method in self.delivery_methods:
            if method.pk == wanted and self.payment_method in payment_methods.codes_on_offer(method):
                return method
        return None

    @property
    def has_chosen(self) -> bool:
        """Whether the second step is answered, for what is in the cart now."""
        if self.has_goods:
            return self.delivery_method is not None
        return self.payment_method in payment_methods.codes_on_offer(None)

    def quote(self, delivery: DeliveryMethod | None = None) -> Quote:
        """What it comes to, with a way of delivery or before one is chosen."""
        sale = sale_of(self.details, self.addresses, delivery) if self.details else Sale.at_home(self.store)
        return self.cart.quote(currency=self.store.currency, sale=sale, delivery=delivery)

    @property
    def first_unfinished_step(self) -> str:
        """The page that asks for what is missing; empty when nothing is."""
        if not self.cart.count:
            return "cart"
        if not self.details:
            return "checkout"
        return "" if self.has_chosen else "checkout_delivery"

    # --- The end

    @property
    def key(self) -> str:
        return self.kept.get("key", "")

    def forget(self, order: Order) -> None:
        """Empty cart and checkout, if `order` is what they became; a newer one is left alone."""
        if self.session.get(KEY, {}).get("key") == str(order.key):
            del self.session[KEY]
            self.cart.clear()
