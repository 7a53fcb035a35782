"""`manage.py approve_customer`: lets in a customer who waits for it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from customers.history import acting
from customers.management.customer_named import customer_named
from shopadmin.models import StoreSettings

EXAMPLE = "Example: manage.py approve_customer ines@post.example"


class Command(BaseCommand):
    """Approve a customer, as the backoffice does."""

    help = "Approve a customer whose account awaits approval or was refused, and tell them by email."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer", help="Number or email address.")

    def handle(self, *, customer: str, **options) -> None:
        named = customer_named(customer)
        with acting.command("approve_customer"):
            is_approved = named.approve()
        if is_approved:
            self.stdout.write(self.style.SUCCESS(f"Approved customer {named.pk}: {named.email} was told by email."))
            return
        if not StoreSettings.current().accounts_enabled:
            raise CommandError("Customer accounts are switched off in the settings. Nobody was approved.")
        raise CommandError(f"Customer {named.pk} does not await approval ({named.access}). Nobody was approved.")
