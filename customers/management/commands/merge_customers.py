"""`manage.py merge_customers`: two records become one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from customers.management.customer_named import record_named
from customers.merging import merge
from customers.merging import words as merging_words
from customers.merging.fields import differences
from customers.models import Customer

EXAMPLE = "Example: manage.py merge_customers ines@post.example 4711 --dry-run"


class Command(BaseCommand):
    """Merge one customer into another, as the backoffice does where nobody chooses otherwise."""

    help = "Merge the second customer into the first. You can undo this in the backoffice for 30 days."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kept", help="Number or email address of the customer to keep.")
        parser.add_argument("merged", help="Number or email address of the customer to merge into it.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be done without changing anything."
        )

    def handle(self, *, kept: str, merged: str, dry_run: bool, **options) -> None:
        kept, merged = _customer(kept), _customer(merged)
        if reason := merge.why_not(kept, merged):
            raise CommandError(reason)
        for one in differences(kept, merged):
            chosen = dict(one.options)[one.preset] if one.preset != "both" else f"{one.kept} | {one.merged}"
            self.stdout.write(f"{one.label}: {chosen or '-'}")
        for sentence in merging_words.consequences(kept, merged):
            self.stdout.write(sentence)
        if dry_run:
            self.stdout.write(f"Would merge customer {merged.pk} into {kept.pk}. Nothing was changed.")
            return
        self._merge(kept, merged)
        self.stdout.write(self.style.SUCCESS(f"Merged customer {merged.pk} into {kept.pk}."))

    @transaction.atomic
    def _merge(self, kept: Customer, merged: Customer) -> None:
        try:
            merge.merge(kept, merged, choices={}, by=None)
        except merge.MergeError as error:
            raise CommandError(str(error)) from error


def _customer(name: str) -> Customer:
    among = Customer.objects.shoppers().prefetch_related("addresses")
    return record_named(name, among=among, otherwise="Nobody was merged.")
