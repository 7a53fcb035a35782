from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from orders.customer_hooks.totals_check import Difference, differences
from shopadmin.management.counted import counted

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Check what customers' rows know of their orders and addresses (number of orders, amount spent, last order, "
        "order numbers, country, search text) and correct it. Example: manage.py recount_customers --check"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="only report what differs; exit with 1 if anything does"
        )

    def handle(self, *, check: bool, **options):
        """Name the first that differ, and say in one line how many there were."""
        self.looked_at, columns, found = 0, Counter(), 0
        for difference in differences(mend=not check, on_progress=self.progress):
            found += 1
            columns.update(name for name, (there, wanted) in difference.columns.items() if there != wanted)
            if found <= SHOWN:
                self.stdout.write(in_words(difference))
        named = ", ".join(f"{name} {count:,}" for name, count in columns.items())
        words = f"{found:,} of {counted(self.looked_at, 'customer')}"
        if check and found:
            raise CommandError(f"{words} {'differs' if found == 1 else 'differ'}: {named}.")
        if found:
            self.stdout.write(f"{words} differed and {'was' if found == 1 else 'were'} corrected: {named}.")
        else:
            right = "is" if self.looked_at == 1 else "are"
            self.stdout.write(f"{counted(self.looked_at, 'customer')} {right} correct.")

    def progress(self, more: int) -> None:
        """Count, and show it where somebody watches."""
        self.looked_at += more
        if self.stdout.isatty():
            self.stdout.write(f"\r{self.looked_at:,} ", ending="")
            self.stdout.flush()


def in_words(difference: Difference) -> str:
    """One line on one customer; of texts only that they differ, since they name people."""
    parts = [
        name if name == "search_text" else f"{name} is {there or '-'} instead of {wanted or '-'}"
        for name, (there, wanted) in difference.columns.items()
        if there != wanted
    ]
    return f"#{difference.customer}: {'; '.join(parts)}"
