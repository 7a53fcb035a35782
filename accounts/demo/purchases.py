"""Who ordered what and when, over two years of a shop that grows."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.demo.people import Person
from orders.checkout.quote import Quote, QuoteLine
from orders.models import DeliveryMethod, Product
from orders.vat.checks import state_of
from orders.vat.treatment import Sale
from shopadmin.models import StoreSettings

PURCHASES = 700
YEARS = timedelta(days=730)
# Four of five days' orders come after noon; nobody shops at night.
HOURS = [1, 3, 4, 4, 5, 5, 4, 4, 5, 4, 4, 5, 7, 8, 6, 3]
OPENS_AT = 7
# Some things are bought by the half dozen.
BY_THE_DOZEN = {"stacking-mug": 6, "plate": 8, "candles": 4, "tea-towel": 4, "hook": 5, "napkins": 3}


def by_day(moment: datetime) -> datetime:
    """The same day between eight and six, in the order in which things happened."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=8) + (moment - midnight) * 10 / 24


@dataclass
class Purchase:
    """One order to be: its moment, its person, and what is in it."""

    at: datetime
    person: Person
    quote: Quote
    payment_method: str


def sale_to(person: Person, delivery: DeliveryMethod | None) -> Sale:
    """Where VAT sees the goods go, abroad or to the counter; numbers of businesses abroad were all found valid."""
    sale = Sale.at_home(StoreSettings.current())
    business_in = state_of(person.customer.vat_number) if person.customer.is_business else ""
    return sale if delivery and delivery.is_pickup else sale.to(person.country, business_in=business_in)


class Market:
    """Draws purchases, the same ones each time."""

    def __init__(self, dice: random.Random, now: datetime) -> None:
        self.dice = dice
        self.now = now
        self.products = list(Product.objects.filter(is_service=False).order_by("pk"))
        self.weights = [float(300 / (20 + product.price)) for product in self.products]
        self.methods = list(DeliveryMethod.objects.order_by("pk"))

    def purchases(self, people: list[Person]) -> list[Purchase]:
        """All of them, oldest first; newcomers among regulars."""
        newcomers = [person for person in people if person.buys]
        regulars: list[Person] = []
        moments = self.moments(PURCHASES)
        purchases = []
        for left, moment in zip(range(len(moments), 0, -1), moments, strict=True):
            if newcomers and (not regulars or self.dice.random() < 1.15 * len(newcomers) / left):
                person = newcomers.pop()
                regulars.append(person)
            else:
                person = self.dice.choices(regulars, [self.loyalty(person) for person in regulars])[0]
            purchases.append(self.purchase(moment, person))
        return purchases

    def let_arrive(self, people: list[Person], purchases: list[Purchase]) -> None:
        """Everybody came with their first order, or some time; those who wait for approval came lately."""
        first = {id(purchase.person): purchase.at for purchase in reversed(purchases)}
        for person, moment in zip(people, self.moments(len(people)), strict=True):
            if person.customer.awaiting_approval:
                moment = self.now - timedelta(days=self.dice.uniform(0.2, 8))
            at = first.get(id(person), moment)
            signed_up_before = person.customer.origin == person.customer.Origin.SIGN_UP
            person.arrives(at - timedelta(minutes=9) if signed_up_before else at)

    def moments(self, count: int) -> list[datetime]:
        """Points in time, more of them the nearer to today, oldest first."""
        days = sorted((YEARS * (1 - self.dice.random() ** 0.6) for _ in range(count)), reverse=True)
        return sorted(self._in_opening_hours(self.now - ago) for ago in days)

    def _in_opening_hours(self, day: datetime) -> datetime:
        hour = OPENS_AT + self.dice.choices(range(len(HOURS)), HOURS)[0]
        moment = day.replace(hour=hour, minute=self.dice.randint(0, 59), second=self.dice.randint(0, 59), microsecond=0)
        return moment if moment < self.now else moment - timedelta(days=1)

    def loyalty(self, person: Person) -> int:
        """How likely somebody is to come back, beside the others."""
        return 3 + 9 * person.is_registered + 6 * person.customer.is_business

    def purchase(self, at: datetime, person: Person) -> Purchase:
        count = self.dice.choices([1, 2, 3, 4], [45, 30, 17, 8])[0]
        chosen = dict.fromkeys(self.dice.choices(self.products, self.weights, k=count))
        lines = tuple(QuoteLine(product, self._quantity(product, person)) for product in chosen)
        delivery = self._delivery(person)
        return Purchase(
            at, person, Quote(lines, "EUR", sale_to(person, delivery), delivery), self._payment_method(person, delivery)
        )

    def _quantity(self, product: Product, person: Person) -> int:
        most = BY_THE_DOZEN.get(product.slug, 1) * (3 if person.customer.is_business else 1)
        return self.dice.randint(1, most)

    def _delivery(self, person: Person) -> DeliveryMethod:
        parcel, abroad, pick_up = self.methods
        if person.country != "NL":
            return abroad
        is_near = any(address.city == "Utrecht" for address in person.addresses)
        return pick_up if is_near and self.dice.random() < 0.5 else parcel

    def _payment_method(self, person: Person, delivery: DeliveryMethod) -> str:
        if delivery.is_pickup:
            return "on_pickup"
        on_account = 0.7 if person.customer.is_business else 0.15
        return "invoice" if self.dice.random() < on_account else "bank_transfer"
