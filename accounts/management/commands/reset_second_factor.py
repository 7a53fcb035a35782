"""`manage.py reset_second_factor`: the way back for staff who lost all that they sign in with."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.security import set_up_codes
from customers.models import Customer
from customers.staff.colleagues import reset_second_factor
from shopadmin.staff_log.writing import THIS_ONE, Act, write

EXAMPLE = "Example: manage.py reset_second_factor mara@shop.example"


class Command(BaseCommand):
    """Take a second factor away and print a code to set up another."""

    help = (
        "Take away the passkeys, authenticator app and recovery codes of a member of staff, sign them out everywhere, "
        "and print a code with which they set up others after signing in. It works once, for an hour."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="Email address of the member of staff.")

    @transaction.atomic
    def handle(self, *, email: str, **options) -> None:
        colleague = Customer.objects.staff().filter(email=email.replace("\0", "")).first()
        if colleague is None:
            raise CommandError(f"Nobody on the staff has the address {email}. Nothing was changed.")
        reset_second_factor(colleague)
        write(None, Act.CHANGED, actor=None, whom=THIS_ONE, value=colleague.pk, page="manage.py reset_second_factor")
        code = set_up_codes.make_code(colleague)
        words = f"Second factor of {colleague.email} reset. To set up another, good once and for an hour: {code}"
        self.stdout.write(self.style.SUCCESS(words))
