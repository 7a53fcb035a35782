"""The sections of the settings: a page each, and what is still missing in it for selling or by law."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shopadmin.models import StoreSettings
from shopadmin.store import section_forms
from shopadmin.store.legal_texts import LEGAL_TEXTS, LegalTextsForm
from shopadmin.store.section_form import SectionForm


class Group(models.TextChoices):
    """Under which heading a section stands."""

    SHOP = "shop", _("Shop")
    SELLING = "selling", _("Selling")
    CUSTOMERS = "customers", _("Customers")
    TEAM = "team", _("Team")


def nothing(store: StoreSettings) -> list[str | Promise]:
    """Nothing is missing, whatever the settings say."""
    return []


@dataclass(frozen=True)
class Section:
    """A page of the settings: fields of the shop's row (`form`), or pages of its own that begin at `url_name`.

    `missing` names what is not there yet, for selling or by law; `words` what else people look for it by. `again`: who
    signed in a while ago says again who they are, since what it leads to cannot be undone.
    """

    slug: str
    group: Group
    heading: str | Promise
    help: str | Promise
    form: type[SectionForm] | None = None
    url_name: str = ""
    missing: Callable[[StoreSettings], list[str | Promise]] = nothing
    words: str | Promise = ""
    again: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name) if self.url_name else reverse("settings_section", args=[self.slug])


def empty_fields(*names: str) -> Callable[[StoreSettings], list[str | Promise]]:
    """Return what names those of these fields that nobody has filled in."""
    fields = [StoreSettings._meta.get_field(name) for name in names]

    def missing(store: StoreSettings) -> list[str | Promise]:
        return [capfirst(field.verbose_name) for field in fields if getattr(store, field.name) in {"", field.default}]

    return missing


def missing_texts(store: StoreSettings) -> list[str | Promise]:
    """Return the titles of the legal texts that are not there in the shop's first language.

    The page of company details shows the shop's address without any text.
    """
    return [title for kind, title in LEGAL_TEXTS.items() if kind != "imprint" and not getattr(store, kind).get("")]


# The apps above add theirs (`add`) when they are ready.
sections: list[Section] = [
    Section(
        "details", Group.SHOP, _("Shop details"), _("Shown on invoices, in emails and at the bottom of every page."),
        section_forms.ShopDetailsForm,
        # Art. 226 of Directive 2006/112/EC on invoices, art. 5 of Directive 2000/31/EC on every shop's pages.
        missing=empty_fields("name", "street", "postcode", "city", "contact_email"),
        words=_("company, address, contact, opening hours"),
    ),
    Section(
        "country", Group.SHOP, _("Country and languages"),
        _("The languages customers can choose, and how amounts and times are shown."), section_forms.CountryForm,
        words=_("locale, currency, region"),
    ),
    Section(
        "legal", Group.SHOP, _("Legal texts"),
        _("Enter the text, or only an https:// link to it. If empty, the text in the first language is used."),
        LegalTextsForm, missing=missing_texts,
        words=_("privacy policy, terms and conditions, imprint, withdrawal"),
    ),
    Section(
        "payment", Group.SELLING, _("Payment methods"),
        _("How customers pay, and the account they transfer money to."), section_forms.PaymentForm,
        missing=empty_fields("iban"),
        words=_("bank account, transfer, invoice, IBAN"),
    ),
    Section(
        "accounts", Group.CUSTOMERS, _("Customer accounts"),
        _("Who can order and sign in, and which customers need your approval."), section_forms.AccountsForm,
        words=_("sign-up, registration, approval, login"),
    ),
    Section(
        "privacy", Group.CUSTOMERS, _("Privacy and retention"),
        _("How long records are kept, counted from the end of the calendar year. Older records are deleted only when "
          "the command “manage.py purge” runs; schedule it once a day."), section_forms.RetentionForm,
        words=_("GDPR, data protection, delete data"), again=True,
    ),
    Section(
        "emails", Group.CUSTOMERS, _("Emails"), _("Who emails come from and who receives notifications."),
        section_forms.EmailsForm, missing=empty_fields("sender_email", "notification_email"),
        words=_("sender, notifications, test email, SMTP"),
    ),
]  # fmt: skip


def add(section: Section, *, before: str = "") -> None:
    """Add a section of an app above, as the last of its group, or before the section with that slug."""
    slugs = [known.slug for known in sections]
    sections.insert(slugs.index(before) if before else len(sections), section)


@dataclass(frozen=True)
class Link:
    """A section as the index at the side shows it."""

    section: Section
    is_incomplete: bool


def index(store: StoreSettings) -> list[tuple[str, list[Link]]]:
    """Return (heading of the group, its sections) for every group that has any."""
    links = [Link(section, bool(section.missing(store))) for section in sections]
    order = list(Group)
    links.sort(key=lambda link: order.index(link.section.group))
    grouped = groupby(links, key=lambda link: link.section.group)
    return [(str(group.label), list(members)) for group, members in grouped]


def section_of(slug: str) -> Section | None:
    """Return the section of that name that is a form; None for any other name."""
    return next((section for section in sections if section.slug == slug and section.form), None)
