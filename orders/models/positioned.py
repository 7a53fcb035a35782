from django.db import models, transaction


class Positioned(models.Model):
    """A row of a short list that the merchant sorts by hand."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    @property
    def siblings(self) -> models.QuerySet:
        """The rows among which it has its position."""
        return type(self).objects.all()

    def move(self, step: int) -> None:
        """Change places with the next one (1) or the one before (-1), as far as there is one."""
        with transaction.atomic():
            rows = list(self.siblings.select_for_update().order_by("position", "id"))
            place = rows.index(self)
            rows.insert(max(0, place + step), rows.pop(place))
            for position, row in enumerate(rows):
                row.position = position
            type(self).objects.bulk_update(rows, ["position"])

    def place_last(self) -> None:
        """Give a row that is not saved yet the last place."""
        last = type(self).objects.aggregate(last=models.Max("position"))["last"]
        self.position = 0 if last is None else last + 1
