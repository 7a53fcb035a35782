from django.db import models


class Counter(models.Model):
    """The last number drawn of one kind: orders, or the invoices of one year."""

    name = models.CharField(max_length=30, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
