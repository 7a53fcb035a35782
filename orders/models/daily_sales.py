from django.db import models
from django.db.models import Sum


class DailySalesQuerySet(models.QuerySet):
    """Rows of sums, and of changes to them."""

    def by_day(self) -> models.QuerySet:
        """The sums of each day that has any, in the order of the days."""
        sums = {name: Sum(name) for name in DailySales.SUMS}
        return self.order_by("day").values_list("day").annotate(**sums)


class DailySales(models.Model):
    """What a day brought, or by how much that changed: the rows of one day are added up.

    Revenue is what was spent on the orders placed that day (refunds taken off), without those cancelled or withdrawn;
    registered and guests are the customers who came that day. Triggers (`orders/dashboard/sales_triggers.py`) write
    them in the transaction that changes them: each change is a row of its own, so that no order waits for another,
    and the worker makes them one row a day.
    """

    SUMS = ("revenue", "orders", "registered", "guests")

    day = models.DateField()
    # The shop's, in which the day begins and ends.
    time_zone = models.CharField(max_length=60)
    revenue = models.DecimalField(max_digits=14, decimal_places=2)
    orders = models.IntegerField()
    registered = models.IntegerField()
    guests = models.IntegerField()

    objects = DailySalesQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["day"], name="daily_sales_by_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.revenue}"
