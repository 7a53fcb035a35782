from django.core.management.base import BaseCommand, CommandError

from orders.dashboard.sales_count import Difference, count_anew, differences
from shopadmin.management.counted import counted

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Check the daily sums of the dashboard (revenue, orders, new customers) against orders and customers, and "
        "correct them. Example: manage.py recount_sales --check"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="only report what differs; exit with 1 if anything does"
        )

    def handle(self, *, check: bool, **options):
        """Name the first days that differ, and say in one line how many there were."""
        found = list(differences())
        for difference in found[:SHOWN]:
            self.stdout.write(in_words(difference))
        days = counted(len(found), "day")
        if check and found:
            raise CommandError(f"{days} {'differs' if len(found) == 1 else 'differ'}.")
        if found:
            count_anew()
            self.stdout.write(f"{days} differed and {'was' if len(found) == 1 else 'were'} corrected.")
        else:
            self.stdout.write("All days are correct.")


def in_words(difference: Difference) -> str:
    """One line on one day: by how much each sum is too high or, below zero, too low."""
    return f"{difference.day}: {', '.join(f'{name} {value:+}' for name, value in difference.columns.items())}"
