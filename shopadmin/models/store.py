from collections.abc import Collection, Mapping
from copy import copy

from asgiref.local import Local
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shopadmin.models.replaced_legal_text import ReplacedLegalText
from shopadmin.pictures.picture import Picture

_of_this_request = Local()
_last_read: tuple[tuple | None, "StoreSettings | None"] = None, None


def default_languages() -> list[str]:
    """What a new Dutch shop speaks."""
    return ["nl", "en"]


class StoreSettings(models.Model):
    """The one row that the merchant edits: who the shop is, and how it deals with its customers."""

    class Approval(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        BUSINESS = "business", _("Business customers")
        EVERYBODY = "everybody", _("Everybody")

    class InvoiceWhen(models.TextChoices):
        BY_HAND = "by_hand", _("Manually")
        PAID = "paid", _("When the order is paid")
        SHIPPED = "shipped", _("When the order is shipped")

    BY_LANGUAGE = (
        "tagline", "introduction", "opening_hours", "privacy_policy", "terms", "imprint", "withdrawal_information",
    )  # fmt: skip
    # What a customer agrees to with an order: what is replaced is kept, since it goes on to hold for earlier orders.
    AGREED_TO = ("terms", "withdrawal_information")

    name = models.CharField(_("shop name"), max_length=100, default="Shop")
    # Their files are named by these keys; see `shopadmin/store/pictures.py`.
    logo = models.CharField(_("logo"), max_length=100, blank=True)
    home_picture = models.CharField(_("picture of the home page"), max_length=100, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = CountryField(_("country"), default="NL")
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("contact email"), max_length=254, blank=True)
    sender_email = models.EmailField(_("sender email"), max_length=254, blank=True)
    notification_email = models.EmailField(
        _("notification email"),
        max_length=254,
        blank=True,
        help_text=_("Receives emails about new orders, requests and deleted accounts."),
    )
    coc_number = models.CharField(_("chamber of commerce number"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    tax_number = models.CharField(
        _("tax number"), max_length=40, blank=True, help_text=_("Needed on invoices if you have no VAT number.")
    )
    small_business = models.BooleanField(
        _("small-business scheme"),
        default=False,
        help_text=_(
            "You charge no VAT at all, and your invoices say so. In Germany § 19 UStG, in the Netherlands KOR."
        ),
    )
    one_stop_shop = models.BooleanField(
        _("One Stop Shop (OSS)"),
        default=False,
        help_text=_("Consumers in other EU countries pay the VAT of their own country. Your prices stay the same."),
    )
    vat_rates = models.JSONField(
        default=dict, blank=True, help_text=_("Rates in per cent, by country and tax class; others are as listed.")
    )
    bank_name = models.CharField(_("bank"), max_length=100, blank=True)
    iban = models.CharField(_("IBAN"), max_length=42, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)

    languages = models.JSONField(_("languages"), default=default_languages)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam")

    accounts_enabled = models.BooleanField(_("customer accounts"), default=True)
    guest_checkout = models.BooleanField(
        _("guest checkout"),
        default=True,
        db_default=True,
        help_text=_("Whether customers can order without an account. If not, they sign in before the checkout."),
    )
    approval = models.CharField(_("who needs approval"), max_length=10, choices=Approval, default=Approval.NOBODY)

    order_prefix = models.CharField(_("order number prefix"), max_length=4, blank=True)
    invoice_prefix = models.CharField(_("invoice number prefix"), max_length=4, blank=True, default="", db_default="")
    credit_note_prefix = models.CharField(
        _("credit note number prefix"), max_length=4, blank=True, default="C", db_default="C"
    )
    invoice_when = models.CharField(
        _("when invoices are created"), max_length=10, choices=InvoiceWhen, default=InvoiceWhen.BY_HAND
    )
    payment_methods = models.JSONField(_("payment methods"), default=list)
    payment_days = models.PositiveSmallIntegerField(_("payment term (days)"), default=14)
    reminder_days = models.PositiveSmallIntegerField(_("payment reminder (days)"), null=True, blank=True)
    retention_years = models.PositiveSmallIntegerField(
        _("invoice retention (years)"),
        null=True,
        blank=True,
        help_text=_("Leave empty to use the legal period of the shop's country."),
    )
    order_retention_years = models.PositiveSmallIntegerField(
        _("retention of orders without a document (years)"),
        null=True,
        blank=True,
        help_text=_("Leave empty to use the legal period of the shop's country."),
    )

    staff_log_days = models.PositiveSmallIntegerField(_("days that the staff log is kept"), default=365, db_default=365)
    erase_guests_after_days = models.PositiveSmallIntegerField(
        _("days after which guests are erased"),
        null=True,
        blank=True,
        help_text=_("Counted from the day on which their last order was done. Empty: they are kept."),
    )

    # By language; the key "" holds the text of the shop's first language, the fallback of the others.
    tagline = models.JSONField(_("tagline"), default=dict, blank=True)
    introduction = models.JSONField(_("introduction"), default=dict, blank=True)
    opening_hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    privacy_policy = models.JSONField(_("privacy policy"), default=dict, blank=True)
    terms = models.JSONField(_("terms"), default=dict, blank=True)
    imprint = models.JSONField(_("imprint"), default=dict, blank=True)
    withdrawal_information = models.JSONField(_("withdrawal information"), default=dict, blank=True)

    guide_hidden = models.BooleanField(default=False, help_text=_("Whether the set-up guide is off the dashboard."))

    class Meta:
        verbose_name = _("store settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="store_settings_has_one_row"),
            models.CheckConstraint(
                condition=models.Q(accounts_enabled=True) | models.Q(guest_checkout=True),
                name="somebody_can_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, update_fields: Collection[str] | None = None, **kwargs) -> None:
        """Save the one row; legal texts that orders were placed under are kept."""
        self.pk = 1
        self._keep_agreed_texts(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)
        forget_store()

    def _keep_agreed_texts(self, update_fields: Collection[str] | None) -> None:
        kinds = [kind for kind in self.AGREED_TO if update_fields is None or kind in update_fields]
        stored = StoreSettings.objects.filter(pk=1).values(*kinds).first() if kinds else None
        replaced = [kind for kind, texts in (stored or {}).items() if texts != getattr(self, kind)]
        ReplacedLegalText.objects.bulk_create(ReplacedLegalText(kind=kind, texts=stored[kind]) for kind in replaced)

    def clean(self) -> None:
        if not self.languages:
            raise ValidationError({"languages": _("Choose at least 1 language")})

    @classmethod
    def current(cls) -> "StoreSettings":
        """The settings; read once a request, and always fresh outside of one."""
        if not getattr(_of_this_request, "is_open", False):
            return cls._stored()
        if _of_this_request.store is None:
            _of_this_request.store = cls._stored()
        return _of_this_request.store

    @classmethod
    def _stored(cls) -> "StoreSettings":
        """The row as it is now, made into a model anew only when it is another one than the last time."""
        global _last_read
        columns = ", ".join(field.column for field in cls._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {cls._meta.db_table} WHERE id = 1")
            row = cursor.fetchone()
        if row is None or row != _last_read[0]:
            _last_read = row, cls.objects.get_or_create(pk=1)[0]
        return copy(_last_read[1])  # a form that is refused has changed its fields, but nothing inside of them

    @property
    def first_language(self) -> str:
        """What is spoken to somebody whose own language the product does not have."""
        spoken = [code for code in self.languages if has_catalogue(code)]
        return spoken[0] if spoken else "en"

    def spoken_to(self, language: str) -> str:
        """The language of pages and mails for a customer who prefers `language`."""
        return language if has_catalogue(language) else self.first_language

    @property
    def shown_logo(self) -> Picture | None:
        return Picture.of(self.logo, "shop_picture")

    @property
    def shown_home_picture(self) -> Picture | None:
        return Picture.of(self.home_picture, "shop_picture")

    def in_language(self, field: str) -> str:
        """A text such as `tagline` in the active language, else in the shop's first."""
        return in_active_language(getattr(self, field))


def in_active_language(texts: Mapping[str, str]) -> str:
    """Of texts by language the one that is spoken to whoever reads, else the one in the shop's first language."""
    return texts.get(translation.get_language() or "") or texts.get("", "")


def is_link(text: str) -> bool:
    """Whether a legal text is nothing but the address of where it stands."""
    return text.startswith(("https://", "http://")) and len(text.split()) == 1


def has_catalogue(language: str) -> bool:
    """Whether the product speaks `language`."""
    return language in dict(settings.LANGUAGES)


def open_request() -> None:
    """From here on `StoreSettings.current()` reads the row once."""
    _of_this_request.is_open, _of_this_request.store = True, None


def forget_store() -> None:
    """The next `StoreSettings.current()` reads the row again."""
    _of_this_request.store = None


def close_request() -> None:
    """From here on `StoreSettings.current()` reads the row each time."""
    _of_this_request.is_open, _of_this_request.store = False, None
