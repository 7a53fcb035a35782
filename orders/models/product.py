from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, When
from django.db.models.functions import Length
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.models.category import Category
from orders.models.tax_class import TaxClass
from shopadmin.lists.search_index import write_texts
from shopadmin.pictures.picture import Picture
from shopadmin.rendering.badges import Badge
from shopadmin.search.folding import fold, folded_text, fragments

ON_SALE = Badge(_("Visible"), "is-ok")
NOT_ON_SALE = Badge(_("Hidden"), "is-stopped")
SOLD_OUT = Badge(_("Sold out"), "is-open is-stop")
LOW_STOCK = Badge(_("Low stock"), "is-half is-warn")
MOST_STOCK = 1_000_000
MOST_LOOKED_AT = 500
SEARCHED = frozenset({"sku", "name", "summary", "description", "translations"})


class ProductQuerySet(models.QuerySet):
    def on_sale(self) -> Self:
        return self.filter(active=True)

    def low_on_stock(self) -> Self:
        """Those on sale with less in stock than the mark set for them, sold out ones among them."""
        return self.on_sale().filter(stock__lt=models.F("low_stock_at"))

    def sold_out(self) -> Self:
        return self.on_sale().filter(stock=0)

    def hidden(self) -> Self:
        return self.filter(active=False)

    def lock(self) -> None:
        """Lock them by their ids until the transaction ends: after orders, before customers (see `Order.lock`)."""
        list(self.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def found_by(self, words: str) -> Self:
        """Those in whose texts or SKU the words stand; how is said in `shopadmin.search.folding`."""
        ways = [models.Q(search_text__fragment=parts) for parts in fragments(words)]
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def called(self, words: str) -> list["Product"]:
        """Those that have this SKU, or else this name in one of their languages, whatever the case and accents.

        Of the many in whose texts a frequent word stands, those are looked at that have this SKU or the shortest names.
        """
        words, folded = words.strip(), fold(words)
        known = self.filter(search_text__fragment=f" {folded} ") if folded else self.none()
        nearest = Case(When(sku__iexact=words, then=0), default=Length("name"))
        rows = list(known.only("sku", "name", "translations").order_by(nearest, "pk")[:MOST_LOOKED_AT])
        by_sku = [product for product in rows if product.sku.casefold() == words.casefold()]
        return by_sku or [product for product in rows if folded in map(fold, (product.sku, *product.names))]


class Product(models.Model):
    """Something the shop sells; its price includes VAT."""

    slug = models.SlugField(_("URL name"), max_length=100, unique=True)
    sku = models.CharField(_("SKU"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("short description"), max_length=160, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    translations = models.JSONField(
        default=dict, blank=True, help_text=_("Name, short description and description by language code.")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("category"))
    price = models.DecimalField(
        _("price incl. VAT"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    tax_class = models.CharField(_("tax class"), max_length=20, default=TaxClass.STANDARD)
    stock = models.PositiveIntegerField(
        _("in stock"), null=True, blank=True, help_text=_("Leave empty if always in stock.")
    )
    low_stock_at = models.PositiveIntegerField(
        _("low stock below"), null=True, blank=True, help_text=_("The dashboard then tells you to order more.")
    )
    # The key of the first of its pictures, kept by orders/catalogue/pictures.py for lists and orders.
    picture = models.CharField(_("picture"), max_length=100, blank=True, editable=False)
    is_service = models.BooleanField(
        _("service"),
        default=False,
        help_text=_("Work such as repairs or courses. The withdrawal period starts with the order."),
    )
    withdrawal_excepted = models.BooleanField(
        _("no right of withdrawal"),
        default=False,
        help_text=_(
            "For products made to measure, perishable or sealed for hygiene. Shown to customers before they order."
        ),
    )
    active = models.BooleanField(_("visible in the shop"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Folded: what shoppers search, in all languages; its index is made by a migration (PostgreSQL) or kept beside.
    search_text = models.TextField(blank=True, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "name"]
        indexes = [
            models.Index(fields=["name", "id"], name="product_name"),
            models.Index(fields=["price", "id"], name="product_price"),
            models.Index(fields=["created_at", "id"], name="product_created"),
            models.Index(fields=["category", "created_at", "id"], name="product_category_created"),
            models.Index(
                fields=["name", "id"],
                condition=models.Q(active=True, stock__lt=models.F("low_stock_at")),
                name="product_low_stock",
            ),
        ]

    def __str__(self) -> str:
        return self.in_language("name")

    def save(self, *args, update_fields: Collection[str] | None = None, **kwargs) -> None:
        if update_fields is None or SEARCHED & set(update_fields):
            self.search_text = self.composed_search_text()
            update_fields = update_fields and [*update_fields, "search_text"]
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def names(self) -> list[str]:
        """What it is called, in each of its languages."""
        return [self.name, *(texts.get("name", "") for texts in self.translations.values())]

    def composed_search_text(self) -> str:
        """What is searched: one or two letters among SKU and names, more of them anywhere."""
        texts = [{name: getattr(self, name) for name in ("name", "summary", "description")}]
        texts += self.translations.values()
        others = [words.get(name, "") for words in texts for name in ("summary", "description")]
        return folded_text([self.sku, *(words.get("name", "") for words in texts)], others)

    @property
    def badge(self) -> Badge:
        """Whether shoppers can buy it."""
        if not self.active:
            return NOT_ON_SALE
        if self.is_sold_out:
            return SOLD_OUT
        return LOW_STOCK if self.is_low_on_stock else ON_SALE

    @property
    def is_sold_out(self) -> bool:
        return self.stock == 0

    @property
    def is_low_on_stock(self) -> bool:
        """Whether it is counted, and less is there than the mark set for it."""
        return None not in (self.stock, self.low_stock_at) and self.stock < self.low_stock_at

    @property
    def shown_picture(self) -> Picture | None:
        return Picture.of(self.picture)

    @property
    def shown_summary(self) -> str:
        return self.in_language("summary")

    @property
    def search_description(self) -> str:
        """What search engines show of its page."""
        return self.shown_summary or truncatechars(self.shown_description, 160) or str(self)

    @property
    def shown_description(self) -> str:
        return self.in_language("description")

    def in_language(self, field: str, language: str = "") -> str:
        """A text in `language` (default: the active one), else as it was first entered."""
        texts = self.translations.get(language or get_language() or "", {})
        return texts.get(field) or getattr(self, field)

    def enter_stock(self, typed: int | None, *, seen: int | None) -> int:
        """Take over the stock that somebody typed who saw `seen`; return by how much it had changed since.

        What was sold meanwhile is taken off what was typed, and what came back is added.
        """
        with transaction.atomic():
            locked = Product.objects.select_for_update(no_key=True).filter(pk=self.pk)
            now = locked.values_list("stock", flat=True).get()
            changed = 0 if None in (typed, seen, now) else now - seen
            self.stock = typed if typed is None else min(max(typed + changed, 0), MOST_STOCK)
            self.save(update_fields=["stock"])
        return changed


def write_search_texts(ids: list[int]) -> None:
    """Compose what is searched of many products anew, in the caller's transaction."""
    rows = Product.objects.filter(pk__in=ids)
    write_texts(Product, {product.pk: product.composed_search_text() for product in rows})
