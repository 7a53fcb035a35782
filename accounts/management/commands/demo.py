from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts import demo
from accounts.demo.shop import PASSWORD, STAFF
from accounts.demo.signins import SHOPPERS
from customers.models import Customer
from orders.models import Order
from shopadmin.management.counted import counted


class Command(BaseCommand):
    help = "Fill an empty database with a demo shop. Example: manage.py demo"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unless-filled", action="store_true", help="leave a demo shop that is there as it is")

    def handle(self, *, unless_filled: bool, **options) -> None:
        was_filled = unless_filled and demo.is_filled()
        if not was_filled:
            if demo.holds_anything():
                raise CommandError("This database holds something already; the demo wants an empty one.")
            demo.fill()
        self.stdout.write(self.sign_ins())
        done = "Already filled" if was_filled else "Filled"
        customers, orders = Customer.objects.shoppers().count(), Order.objects.count()
        self.stdout.write(self.style.SUCCESS(f"{done}: {counted(customers, 'customer')}, {counted(orders, 'order')}."))

    def sign_ins(self) -> str:
        """Where to go, and as whom."""
        rows = [
            ("Shop", settings.SITE_URL + reverse("home")),
            ("  sign in", settings.SITE_URL + reverse("account_login")),
            ("  as", "  ".join(row[0] for row in SHOPPERS)),
            ("Backoffice", settings.SITE_URL + reverse("dashboard")),
            ("  as", "  ".join(row[0] for row in STAFF)),
            ("Password", f"{PASSWORD} (all of them)"),
        ]
        return "".join(f"{label:<12}{value}\n" for label, value in rows)
