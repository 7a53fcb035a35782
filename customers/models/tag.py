from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.search import fold


class Tag(models.Model):
    """A word that the shop sticks on customers; the same word in another case or with accents is the same tag."""

    name = models.CharField(_("tag"), max_length=40)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class CustomerTag(models.Model):
    """One tag on one customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="customer_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="customer_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "customer"], name="one_tag_once")]

    def __str__(self) -> str:
        return f"{self.customer}: {self.tag}"
