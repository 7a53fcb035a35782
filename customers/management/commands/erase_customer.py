"""`manage.py erase_customer`: a person's data goes, what the law keeps stays."""

from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customers.management.customer_named import record_named
from customers.models import Customer, Erasure
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from customers.privacy.erasure.summary import what_goes_and_stays
from shopadmin.models import StoreSettings

EXAMPLE = """Example: manage.py erase_customer ines@post.example 4711 --dry-run

All of them are erased, or nobody if one cannot be. Tags, saved views and file names that name the person go too.
Orders are kept without personal data for as long as the law requires. It cannot be undone.
"""


class Command(BaseCommand):
    """Erase customers, as the backoffice does."""

    help = "Erase customers and everything held on them, except for what must be kept by law."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customers", nargs="+", help="Number or email address of each customer.")
        parser.add_argument("--dry-run", action="store_true", help="Report what would go and stay. Changes nothing.")
        parser.add_argument("--no-email", action="store_true", help="Do not tell registered customers by email.")
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="Do not ask for confirmation."
        )

    def handle(self, *, customers: list[str], dry_run: bool, no_email: bool, interactive: bool, **options) -> None:
        """Word days as the shop's pages do."""
        found = list({customer.pk: customer for customer in map(_customer, customers)}.values())
        with timezone.override(StoreSettings.current().time_zone):
            if dry_run or interactive:
                for customer in found:
                    self._say_what_goes_and_stays(customer)
        if dry_run:
            self.stdout.write(f"Would erase {_numbers(found)}. Nothing was changed.")
            return
        if interactive and not _is_confirmed(len(found)):
            raise CommandError("Not confirmed. Nobody was erased.")
        erased = erasure.erase_many(found, by=ActorKind.COMMAND, notify=not no_email)
        self.stdout.write(self.style.SUCCESS(f"Erased {_numbers(found)}. {_kept(erased)}"))

    def _say_what_goes_and_stays(self, customer: Customer) -> None:
        summary = what_goes_and_stays(customer)
        self.stdout.write(f"Customer {customer.pk}: {customer} ({customer.email})")
        for sentence in summary.goes:
            self.stdout.write(f"  goes: {sentence}")
        for kept in summary.stays:
            until = f"until {kept.until:%Y-%m-%d}" if kept.until else "unchanged until it is completed"
            self.stdout.write(f"  stays: {', '.join([f'order {kept.number}', *kept.documents])}, {until}")


def _customer(name: str) -> Customer:
    customer = record_named(name, among=Customer.objects.all(), otherwise="Nobody was erased.")
    if customer.merged_into_id:
        into = customer.merged_into_id
        raise CommandError(f"Customer {name} was merged into customer {into}. Erase that one. Nobody was erased.")
    if not erasure.may_erase(None, customer):
        raise CommandError(
            f"Customer {customer.pk} is a staff member. Only an owner can erase them, in the backoffice. "
            "Nobody was erased."
        )
    return customer


def _is_confirmed(count: int) -> bool:
    them = "this customer" if count == 1 else f"these {count} customers"
    try:
        return input(f"Erase {them}? This cannot be undone. Type 'yes' to continue: ").strip() == "yes"
    except EOFError:
        raise CommandError("Nobody is there to confirm. Use --noinput to erase without asking.") from None


def _numbers(customers: Sequence[Customer]) -> str:
    numbers = ", ".join(str(customer.pk) for customer in customers)
    return f"customer {numbers}" if len(customers) == 1 else f"{len(customers)} customers: {numbers}"


def _kept(erasures: Sequence[Erasure]) -> str:
    count = sum(erasure.orders_kept for erasure in erasures)
    if not count:
        return "No data was kept."
    return f"{count} {'order was' if count == 1 else 'orders were'} kept without personal data."
