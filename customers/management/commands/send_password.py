"""`manage.py send_password`: mails a customer a link to set a password."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from customers.history import acting
from customers.management.customer_named import customer_named

EXAMPLE = "Example: manage.py send_password ines@post.example"


class Command(BaseCommand):
    """Send a password link, as the backoffice does."""

    help = "Email a customer or a member of staff a link to set a password. It works once, for 72 hours."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer", help="Number or email address.")

    def handle(self, *, customer: str, **options) -> None:
        named = customer_named(customer)
        if not named.is_active:
            raise CommandError(f"The account of customer {named.pk} is not open ({named.access}). Nothing was sent.")
        with acting.command("send_password"):
            is_sent = named.send_password_link()
        if not is_sent:
            raise CommandError("Customer accounts are switched off in the settings. Nothing was sent.")
        self.stdout.write(self.style.SUCCESS(f"Sent customer {named.pk} a password link to {named.email}."))
