"""`manage.py createsuperuser`: the first owner of the shop, or a customer who becomes one."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts.security import set_up_codes
from accounts.security.factors import factors_of
from customers.history import acting
from customers.models import Customer
from customers.record.password_field import PasswordField
from shopadmin.database_state import migrate_first, missing_migrations
from shopadmin.roles import Role

EXAMPLE = "Example: manage.py createsuperuser --email mara@shop.example --first-name Mara --last-name Pauwels"


class Command(BaseCommand):
    """Make an owner."""

    help = (
        "Makes an owner of the shop, or makes an owner of a customer who is there. With --noinput, what is no option"
        " comes from DJANGO_SUPERUSER_EMAIL, _FIRST_NAME, _LAST_NAME and _PASSWORD."
    )
    stealth_options = ("stdin",)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="The address to sign in with.")
        parser.add_argument("--first-name", help="Asked for; with --noinput it may be empty.")
        parser.add_argument("--last-name", help="May be empty.")
        parser.add_argument("--noinput", "--no-input", action="store_false", dest="interactive", help="Ask nothing.")

    def handle(self, *, interactive: bool, **options) -> None:
        if missing_migrations():
            raise CommandError(migrate_first())
        self.interactive, self.given = interactive, options
        if interactive and not (options.get("stdin") or sys.stdin).isatty():
            raise CommandError("There is nobody to ask here: use --noinput, --email and DJANGO_SUPERUSER_PASSWORD.")
        email = self._value("email", "Email: ")
        there = Customer.objects.filter(email=email).first()
        words = self._raise(there) if there else self._make(email)
        self.stdout.write(self.style.SUCCESS(words))

    def _make(self, email: str) -> str:
        questions = {"first_name": "First name: ", "last_name": "Last name (may be empty): "}
        names = {name: self._value(name, question) for name, question in questions.items()}
        password = self._password(Customer(email=email, **names))
        with acting.command("createsuperuser"):
            owner = Customer.objects.create_superuser(email, password, **names)
        return f"{owner.email} is an owner of the shop now.{_way_in(owner)}"

    def _raise(self, customer: Customer) -> str:
        """Make an owner of a customer: what they had stays theirs, their password too."""
        if customer.merged_into:
            raise CommandError(f"{customer.email} was merged into {customer.merged_into.email}: name that address.")
        if customer.is_staff and customer.role == Role.OWNER and customer.is_active:
            return f"{customer.email} is an owner already. Nothing was changed."
        self.stdout.write(f"{customer.email} is there already: {_who(customer)}.")
        if self.interactive and input("Make them an owner of the shop? [y/N] ").strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was changed.")
        password = "" if customer.has_usable_password() else self._password(customer)
        with acting.command("createsuperuser"):
            _make_owner(customer, password)
        return f"{customer.email} is an owner of the shop now, with all that they had before.{_way_in(customer)}"

    def _value(self, name: str, question: str) -> str:
        """An option, else (with --noinput) from the environment, else what is typed, until it is right."""
        value = self.given.get(name)
        if value is None and not self.interactive:
            value = os.environ.get(f"DJANGO_SUPERUSER_{name.upper()}", "")
        while True:
            try:
                typed = input(question) if value is None else value
                if value is None and name == "first_name" and not typed.strip():
                    raise ValidationError("Colleagues and customers see this name: enter one.")
                return Customer._meta.get_field(name).clean(typed.strip(), None)
            except ValidationError as error:
                if value is not None:
                    raise CommandError(" ".join(error.messages)) from None
                self.stderr.write(" ".join(error.messages))

    def _password(self, customer: Customer) -> str | None:
        """A password that keeps the rules of the shop; none, with --noinput, where the environment has none."""
        if not self.interactive:
            password = os.environ.get("DJANGO_SUPERUSER_PASSWORD") or None
            if password and (faults := _faults(password, customer)):
                raise CommandError(f"DJANGO_SUPERUSER_PASSWORD was refused. {faults}")
            return password
        self.stdout.write(" ".join(map(str, password_validators_help_texts())))
        while True:
            password = getpass()
            faults = _faults(password, customer)
            if not faults and password == getpass("Password (again): "):
                return password
            self.stderr.write(faults or "The two passwords differ.")


def _faults(password: str, customer: Customer) -> str:
    try:
        validate_password(PasswordField().clean(password), customer)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _make_owner(customer: Customer, password: str | None) -> None:
    customer.is_staff = customer.is_superuser = True
    customer.role, customer.access = Role.OWNER, Customer.Access.OPEN
    customer.registered_at = customer.registered_at or timezone.now()
    if password:
        customer.set_password(password)
    customer.save()


def _who(customer: Customer) -> str:
    kind = f"staff, {customer.role}" if customer.is_staff else f"a customer, {str(customer.status.label).lower()}"
    return f"{customer.get_full_name()}, {kind}".lstrip(", ")


def _way_in(owner: Customer) -> str:
    code = f" To set up your second factor, within an hour: {set_up_codes.make_code(owner)}" if _lacks(owner) else ""
    if owner.has_usable_password():
        return f" Sign in at {settings.SITE_URL}{reverse('staff_sign_in')}.{code}"
    return f" There is no password yet: ask for a link at {settings.SITE_URL}{reverse('staff_reset')}.{code}"


def _lacks(owner: Customer) -> bool:
    """Whether they must have a second factor and have none: what emails a code may not work yet in a new shop."""
    return settings.REQUIRE_STAFF_MFA and not factors_of(owner).exists()
