from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.search.text import fold


class TagQuerySet(models.QuerySet):
    def named(self, name: str) -> "Tag":
        """The tag of that name, whatever its case and accents; made where there is none."""
        return self.get_or_create(folded=folded_tag(name), defaults={"name": name.strip()})[0]

    def with_counts(self) -> Self:
        """Each with the number of customers and of orders that have it, as `uses` and `order_uses`."""
        counts = {"uses": _count_of("customer_tags"), "order_uses": _count_of("order_tags")}
        return self.annotate(**counts).order_by("folded")


def _count_of(relation: str) -> Coalesce:
    rows = Tag._meta.get_field(relation).related_model.objects.filter(tag=models.OuterRef("pk")).order_by()
    counts = rows.values("tag").annotate(count=models.Count("pk")).values("count")
    return Coalesce(models.Subquery(counts), 0)


class Tag(models.Model):
    """A word that the shop sticks on customers and orders; in another case or with accents it is the same tag."""

    name = models.CharField(_("tag"), max_length=40)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.folded = folded_tag(self.name)
        super().save(*args, **kwargs)

    @transaction.atomic
    def rename(self, name: str) -> "Tag":
        """Call it otherwise; where another tag is called so, the two become one. Returns the one that is left."""
        other = Tag.objects.filter(folded=folded_tag(name)).exclude(pk=self.pk).first()
        if other is None:
            self.name = name.strip()
            self.save()
            return self
        for rows, tagged in (("customer_tags", "customer"), ("order_tags", "order")):
            has_both = getattr(other, rows).values(tagged)
            getattr(self, rows).exclude(**{f"{tagged}__in": has_both}).update(tag=other)
        self.delete()
        return other


def folded_tag(name: str) -> str:
    """What two spellings of one tag share; ValidationError where a name has no letter or digit, or far too many."""
    folded = fold(name)
    if not folded:
        raise ValidationError(_("A tag must contain a letter or a digit."))
    if len(folded) > 80:
        raise ValidationError(_("Enter a shorter tag."))
    return folded


class CustomerTag(models.Model):
    """One tag on one customer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="customer_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="customer_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "customer"], name="one_tag_once")]

    def __str__(self) -> str:
        return f"{self.customer}: {self.tag}"
