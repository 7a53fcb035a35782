"""The way from an empty shop to its first order: each step worked out from what is there, never ticked by hand."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from customers.addresses.countries import country_name
from customers.models import Customer, StaffInvitation
from orders.models import DeliveryMethod, Product
from orders.vat import section as vat_section
from shopadmin.locale_choices import language_name
from shopadmin.models import Mail, StoreSettings
from shopadmin.store.sections import section_of


@dataclass(frozen=True)
class Step:
    """One thing to set up: why, whether it is done (and then what stands), and where it is done."""

    title: str
    why: str
    is_done: bool
    url: str
    action: str
    summary: str = ""
    is_required: bool = False
    is_sent: bool = False  # its button sends something, where others lead to a page


@dataclass(frozen=True)
class Found:
    """What the shop has already of what the steps ask for: the newest product, delivery methods, staff and so on."""

    product: str
    methods: int
    test_email_to: str
    staff: int
    invited: int


def all_steps(store: StoreSettings, found: Found) -> list[Step]:
    """Return every step, in the order in which they are best taken."""
    return [
        _country(store),
        _details(store),
        _taxes(store),
        _payment(store),
        _first_product(found),
        _delivery(found),
        _legal_texts(store),
        _test_email(found),
        _staff(found),
    ]


def required_left(store: StoreSettings) -> list[Step]:
    """Return the steps without which the shop cannot sell, as far as they are not done."""
    found = found_in(StoreSettings.objects.values(**subqueries()).first() or {})
    return [step for step in all_steps(store, found) if step.is_required and not step.is_done]


def subqueries() -> dict[str, Subquery]:
    """What the steps look for, by name, for a query that looks for more besides: the dashboard's."""
    newest = Product.objects.on_sale().order_by("-created_at").values("name")[:1]
    delivered = Mail.objects.filter(name="test", state=Mail.State.SENT).order_by("-pk").values("to")[:1]
    invited = StaffInvitation.objects.open().annotate(one=Value(1))
    return {
        "guide_product": Subquery(newest),
        "guide_methods": Subquery(_number_of(DeliveryMethod.objects.filter(active=True), of="active")),
        "guide_test_email_to": Subquery(delivered),
        "guide_staff": Subquery(_number_of(Customer.objects.staff(), of="is_staff")),
        "guide_invited": Subquery(_number_of(invited, of="one")),
    }


def found_in(row: dict) -> Found:
    """Return what was found, from a row that has the `subqueries`."""
    return Found(
        product=row.get("guide_product") or "",
        methods=row.get("guide_methods") or 0,
        test_email_to=row.get("guide_test_email_to") or "",
        staff=row.get("guide_staff") or 0,
        invited=row.get("guide_invited") or 0,
    )


def _number_of(rows: QuerySet, *, of: str) -> QuerySet:
    """How many there are, as a query within a query; `of` is the same in all of them."""
    return rows.order_by().values(of).annotate(many=Count("pk")).values("many")


def _country(store: StoreSettings) -> Step:
    """A shop that does not speak its owner's language stands in a country that nobody chose."""
    return Step(
        _("Country and languages"),
        _("Say where your shop is and which languages it speaks: VAT, texts, amounts and times go by it."),
        is_done=get_language() in store.languages,
        url=_settings("country"),
        action=_("Choose country"),
        summary=f"{country_name(str(store.country))}: {', '.join(map(language_name, store.languages))}",
    )


def _details(store: StoreSettings) -> Step:
    return Step(
        _("Shop details"),
        _("Your name and address appear on invoices, in emails and at the bottom of every page."),
        is_done=not _missing("details", store),
        url=_settings("details"),
        action=_("Add details"),
        summary=", ".join(filter(None, (store.name, store.street, store.city))),
        is_required=True,
    )


def _taxes(store: StoreSettings) -> Step:
    return Step(
        _("Taxes"),
        _("Your VAT number appears on every invoice. The VAT rates of your country are filled in."),
        is_done=not vat_section.missing(store),
        url=reverse("taxes"),
        action=_("Add VAT number"),
        summary=store.vat_number or store.tax_number,
    )


def _payment(store: StoreSettings) -> Step:
    return Step(
        _("Payment methods"),
        _("Say how customers can pay, and which account they transfer money to."),
        is_done=not _missing("payment", store),
        url=_settings("payment"),
        action=_("Add bank account"),
        summary=store.iban,
        is_required=True,
    )


def _first_product(found: Found) -> Step:
    return Step(
        _("Your first product"),
        _("Customers need something to buy. A name, a price and a category are enough to start; the rest can follow."),
        is_done=bool(found.product),
        url=reverse("products") if found.product else reverse("product_add"),
        action=_("Add product"),
        summary=found.product,
        is_required=True,
    )


def _delivery(found: Found) -> Step:
    return Step(
        _("Delivery methods"),
        _("Say what delivery costs and to which countries, or offer pick-up only."),
        is_done=bool(found.methods),
        url=reverse("delivery_methods") if found.methods else reverse("delivery_method_add"),
        action=_("Add method"),
        summary=ngettext("%s method", "%s methods", found.methods) % found.methods if found.methods else "",
        is_required=True,
    )


def _legal_texts(store: StoreSettings) -> Step:
    return Step(
        _("Legal texts"),
        _("Terms, privacy policy and withdrawal information: you need them by law before you sell."),
        is_done=not _missing("legal", store),
        url=_settings("legal"),
        action=_("Add texts"),
        is_required=True,
    )


def _test_email(found: Found) -> Step:
    return Step(
        _("Test email"),
        _("Check that the shop's emails arrive and do not land in spam."),
        is_done=bool(found.test_email_to),
        url=_settings("emails") if found.test_email_to else reverse("mail_test"),
        action=_("Send test email"),
        summary=found.test_email_to,
        is_sent=not found.test_email_to,
    )


def _staff(found: Found) -> Step:
    people = ngettext("%s person", "%s people", found.staff) % found.staff
    invited = ngettext("%s invited", "%s invited", found.invited) % found.invited if found.invited else ""
    is_done = found.staff > 1 or found.invited > 0
    return Step(
        _("Invite staff"),
        _("Give colleagues their own sign-in, with the rights they need. You can do this later."),
        is_done=is_done,
        url=reverse("staff") if is_done else reverse("staff_invite"),
        action=_("Invite"),
        summary=", ".join(filter(None, (people, invited))),
    )


def _missing(section: str, store: StoreSettings) -> list:
    part = section_of(section)
    return part.missing(store) if part else []


def _settings(section: str) -> str:
    return reverse("settings_section", args=[section])
