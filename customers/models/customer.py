import unicodedata
from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from customers import signals
from customers.models.customer_indexes import INDEXES
from customers.models.customer_manager import NEVER_ORDERED, CustomerManager
from customers.models.email import NormalisedEmailField
from customers.names import company_of, full_name
from customers.search.text import PHONES, SEARCHED, SEARCHED_OF_ADDRESS, text_of_customer
from shopadmin.models import StoreSettings
from shopadmin.rendering.badges import Badge
from shopadmin.rendering.formats import email_address
from shopadmin.roles import Role


class Customer(AbstractBaseUser, PermissionsMixin):
    """One person or company the shop deals with, or a member of its staff; signs in by email.

    A guest has no `registered_at`: no way to sign in yet. `access` is one choice, never two switches that
    can disagree; only *open* signs in.
    """

    class Type(models.TextChoices):
        PRIVATE = "private", _("Private")
        BUSINESS = "business", _("Business")

    class Gender(models.TextChoices):
        UNSPECIFIED = "unspecified", _("Not stated")
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")

    class Access(models.TextChoices):
        OPEN = "open", _("Open")
        AWAITING = "awaiting", _("Awaiting approval")
        REFUSED = "refused", _("Refused")
        BLOCKED = "blocked", _("Blocked")

    class Origin(models.TextChoices):
        ORDER = "order", _("Order")
        SIGN_UP = "sign_up", _("Sign-up")
        MERCHANT = "merchant", _("Backoffice")
        IMPORT = "import", _("Import")

    email = NormalisedEmailField(
        _("email"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("Another customer has this email address.")},
    )
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    initials = models.CharField(_("initials"), max_length=20, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    mobile = PhoneNumberField(_("mobile"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    gender = models.CharField(_("gender"), max_length=12, choices=Gender, default=Gender.UNSPECIFIED)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    marketing_consent = models.BooleanField(_("agrees to receive marketing emails"), default=False)

    customer_type = models.CharField(_("customer type"), max_length=10, choices=Type, default=Type.PRIVATE)
    company_name = models.CharField(_("company name"), max_length=150, blank=True)
    company_number = models.CharField(_("identification number"), max_length=40, blank=True)
    coc_number = models.CharField(_("chamber of commerce number (KvK)"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    invoice_email = models.EmailField(
        _("email for invoices"),
        max_length=254,
        blank=True,
        help_text=_("Invoices and credit notes go here instead."),
    )
    confirmed_numbers = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Company numbers confirmed despite a warning, by field."),
    )

    ship_elsewhere = models.BooleanField(_("ship to a different address"), default=False)
    # The billing address's: an index over a join cannot serve the order of a list.
    country = models.CharField(_("country"), max_length=2, blank=True, editable=False)
    notes = models.TextField(_("notes"), max_length=10_000, blank=True)

    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.OPEN)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.MERCHANT)
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    restricted_at = models.DateTimeField(_("use of data restricted"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    tags = models.ManyToManyField("customers.Tag", through="customers.CustomerTag", related_name="customers")

    is_staff = models.BooleanField(_("staff"), default=False)
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True)

    # Kept by the verbs of orders, in the transaction that changes them.
    orders_count = models.PositiveIntegerField(_("orders"), default=0)
    spent = models.DecimalField(_("amount spent"), max_digits=14, decimal_places=2, default=0)
    last_order_at = models.DateTimeField(_("last order"), null=True, blank=True)
    last_order_sort = models.GeneratedField(
        expression=Coalesce("last_order_at", NEVER_ORDERED),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    # On the row, so that indexes can leave the others out and lists are read from indexes alone.
    is_shopper = models.GeneratedField(
        expression=ExpressionWrapper(
            (Q(is_staff=False) | Q(orders_count__gt=0) | Q(origin="sign_up")) & Q(merged_into=None),
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    order_numbers = models.TextField(blank=True)
    # Kept by merges: whoever searches for an address that was merged away finds whose it is now.
    merged_emails = models.TextField(blank=True, editable=False)
    search_text = models.TextField(blank=True)

    objects = CustomerManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_staff=False, role="") | Q(is_staff=True) & ~Q(role=""),
                name="only_staff_has_a_role",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.get_full_name() or email_address(self.email)

    def get_absolute_url(self) -> str:
        return reverse("customer", args=[self.pk])

    @transaction.atomic
    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save, bring the search text into step, and say so when the email address is another one now."""
        may_differ = not self._state.adding and (update_fields is None or "email" in update_fields)
        old = self._stored_email() if may_differ else ""
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or not set(SEARCHED).isdisjoint(update_fields):
            self.refresh_derived_fields()
        if old and old != self.email:
            signals.email_changed.send(Customer, customer=self, old=old)

    def _stored_email(self) -> str:
        return Customer.objects.filter(pk=self.pk).values_list("email", flat=True).first() or ""

    def refresh_derived_fields(self) -> None:
        """Write anew what the row knows of its addresses and names; whoever changes an address calls it."""
        known = self.known_for_the_list()
        if any(getattr(self, name) != value for name, value in known.items()):
            Customer.objects.filter(pk=self.pk).update(**known)
            for name, value in known.items():
                setattr(self, name, value)

    # --- Who it is

    def get_full_name(self) -> str:
        """First and last name, initials where there is no first name; may be empty."""
        return full_name(self.first_name, self.initials, self.last_name)

    @property
    def is_registered(self) -> bool:
        return self.registered_at is not None

    @property
    def is_restricted(self) -> bool:
        """Whether the person had the use of their data restricted (GDPR, art. 18); it is kept, and little else."""
        return self.restricted_at is not None

    @property
    def is_business(self) -> bool:
        return self.customer_type == self.Type.BUSINESS

    @property
    def company(self) -> str:
        return company_of(self.customer_type, self.company_name)

    @property
    def awaiting_approval(self) -> bool:
        return self.access == self.Access.AWAITING

    @property
    def is_active(self) -> bool:
        """Whether this person may sign in; asked on every request, so that a closed door shuts open sessions."""
        return self.access == self.Access.OPEN and self.merged_into_id is None

    @property
    def status(self) -> Badge:
        """The one word for who this is to the shop: guest or registered, unless the door is not open."""
        return status_of(self.access, self.is_registered, self.is_restricted)

    @property
    def emails(self) -> list[str]:
        """The customer's address, and those of the records that were merged into this one."""
        return [self.email, *self.merged.order_by("pk").values_list("email", flat=True)]

    @property
    def billing_address(self) -> "Address | None":  # noqa: F821
        return self._address("billing")

    @property
    def shipping_address(self) -> "Address | None":  # noqa: F821
        """Where parcels go: the billing address unless another is switched on."""
        return self._address("shipping") if self.ship_elsewhere else self.billing_address

    def _address(self, kind: str) -> "Address | None":  # noqa: F821
        return next((address for address in self.addresses.all() if address.kind == kind), None)

    def known_for_the_list(self, addresses: "Sequence[PostalAddress] | None" = None) -> dict[str, str]:  # noqa: F821
        """Country of the billing address, and all that the search looks at; addresses are read unless handed in."""
        addresses = list(self.addresses.order_by("pk")) if addresses is None else addresses
        places = [getattr(address, name) for address in addresses for name in SEARCHED_OF_ADDRESS]
        own = {name: getattr(self, name) for name in SEARCHED}
        own |= {name: own[name].as_e164 for name in PHONES if own[name]}
        country = next((str(address.country) for address in addresses if address.kind == "billing"), "")
        return {"country": country, "search_text": text_of_customer([*own.values()], places)}

    def set_password(self, raw_password: str | None) -> None:
        """Set it in one Unicode form: browsers and systems type the same letters in two."""
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password: str) -> bool:
        """Whether it is this one, in whichever Unicode form it was typed, now and when it was set."""
        typed, apart = (unicodedata.normalize(form, raw_password) for form in ("NFC", "NFD"))
        return super().check_password(typed) or (apart != typed and super().check_password(apart))

    def has_usable_password(self) -> bool:
        """Whether there is a password at all; a record that was never given one has an empty string there."""
        return bool(self.password) and super().has_usable_password()

    def get_session_auth_hash(self) -> str:
        return self._session_auth_hash(None)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Changes with password, staff rights and role, so that losing them ends every session."""
        return self._session_auth_hash(secret)

    def _session_auth_hash(self, secret: str | None) -> str:
        what = f"{self.password}|{self.is_staff}|{self.role}"
        return salted_hmac("customers.Customer.session", what, secret=secret, algorithm="sha256").hexdigest()

    # --- Verbs, each one transaction; who does it and from where is told to the history by `acting`

    @transaction.atomic
    def approve(self) -> bool:
        """Let the customer in and tell them; False when they did not wait, or accounts are off."""
        if not StoreSettings.current().accounts_enabled:
            return False
        if not self._change_access(to=self.Access.OPEN, only_from=[self.Access.AWAITING, self.Access.REFUSED]):
            return False
        signals.customer_approved.send(Customer, customer=self)
        return True

    @transaction.atomic
    def refuse(self) -> bool:
        """Turn down a customer who waits, and tell them; False when they did not wait, or accounts are off."""
        if not StoreSettings.current().accounts_enabled:
            return False
        if not self._change_access(to=self.Access.REFUSED, only_from=[self.Access.AWAITING]):
            return False
        signals.customer_refused.send(Customer, customer=self)
        return True

    @transaction.atomic
    def await_approval(self, *, by: "Customer | None" = None) -> bool:
        """Shut the door until a merchant approves."""
        self._must_be_shut_by(by)
        return self._change_access(to=self.Access.AWAITING, only_from=[self.Access.OPEN, self.Access.REFUSED])

    @transaction.atomic
    def block(self, *, by: "Customer | None" = None) -> bool:
        """Shut the door for good."""
        self._must_be_shut_by(by)
        return self._change_access(to=self.Access.BLOCKED, only_from=set(self.Access) - {self.Access.BLOCKED})

    def unblock(self, *, by: "Customer | None" = None) -> bool:
        self.must_be_open_to(by)
        return self._change_access(to=self.Access.OPEN, only_from=[self.Access.BLOCKED])

    def _change_access(self, *, to: str, only_from) -> bool:
        changed = Customer.objects.filter(pk=self.pk, access__in=only_from).update(access=to)
        if changed:
            self.access = to
        return bool(changed)

    def sign_in_editable_by(self, by: "Customer | None") -> bool:
        """Whether `by` (None: a command) may change how this person signs in: with staff rights, only an owner may."""
        return not self.is_staff or by is None or by.role == Role.OWNER

    def must_be_open_to(self, by: "Customer | None") -> None:
        if not self.sign_in_editable_by(by):
            raise PermissionDenied

    def _must_be_shut_by(self, by: "Customer | None") -> None:
        self.must_be_open_to(by)
        if self.is_staff and by is not None:
            Customer.objects.locked_colleague(self.pk, by=by)

    def change_email(self, email: str, *, by: "Customer | None") -> None:
        """Change the address that signs in and gets the mails."""
        self.must_be_open_to(by)
        self.email = email
        self.save(update_fields=["email"])

    @transaction.atomic
    def send_password_link(self, *, by: "Customer | None" = None) -> bool:
        """Mail a link with which the customer sets a password; False, and no mail, while accounts are off."""
        self.must_be_open_to(by)
        if not StoreSettings.current().accounts_enabled and not self.is_staff:
            return False
        signals.password_link_wanted.send(Customer, customer=self)
        return True

    @transaction.atomic
    def set_marketing_consent(self, given: bool, *, text: str, source: str, by: "Customer | None") -> bool:
        """Give or withdraw consent and keep the proof: the text shown, when, by whom and where."""
        if given == self.marketing_consent or (given and not self.consent_may_be_given_by(by)):
            return False
        self.marketing_consent = given
        self.save(update_fields=["marketing_consent"])
        self.consents.create(given=given, text=text, source=source, by=by, language=get_language())
        return True

    def consent_may_be_given_by(self, by: "Customer | None") -> bool:
        """Whoever objected agrees again by their own act alone, which takes a mailbox that they have proved."""
        return (by == self and self.is_registered) or not self.consents.end_with_objection()


OPEN = {True: Badge(_("Registered"), "is-ok"), False: Badge(_("Guest"), "is-open")}
SHUT = {
    Customer.Access.AWAITING: Badge(Customer.Access.AWAITING.label, "is-half is-warn"),
    Customer.Access.REFUSED: Badge(Customer.Access.REFUSED.label, "is-stopped is-stop"),
    Customer.Access.BLOCKED: Badge(Customer.Access.BLOCKED.label, "is-stopped is-stop"),
}


RESTRICTED = Badge(_("Restricted"), "is-half is-warn")


def status_of(access: str, is_registered: bool, is_restricted: bool) -> Badge:
    """The one word for who somebody is to the shop; a list asks it of fifty without making customers of them."""
    return RESTRICTED if is_restricted else SHUT.get(access) or OPEN[is_registered]
