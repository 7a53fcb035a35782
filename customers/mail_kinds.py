"""The kinds of email about personal data and staff, with an example of each."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, PrivacyRequest, StaffInvitation
from shopadmin.mail.kinds import About, Kind, example_link
from shopadmin.roles import Role

A_WEEK = timedelta(days=7)


def example_customer(**values) -> Customer:
    """Return a customer who exists nowhere."""
    person = {"first_name": "Robin", "last_name": "Vermeer", "email": "robin@example.com"}
    return Customer(pk=0, **person | values)


def _download() -> dict:
    return {"first_name": "Robin", "url": example_link(), "until": timezone.now() + A_WEEK}


def _request(**values) -> dict:
    asked = PrivacyRequest(pk=0, customer=example_customer(), kind=PrivacyRequest.Kind.ACCESS, **values)
    return {"first_name": "Robin", "asked": asked, "url": example_link()}


def _extended() -> dict:
    return _request(extension=PrivacyRequest.Extension.COMPLEX, due_on=PrivacyRequest().extended_due_on)


def _answered() -> dict:
    return _request(state=PrivacyRequest.State.DONE)


def _invitation() -> dict:
    invitation = StaffInvitation(role=Role.SUPPORT, invited_by=example_customer())
    return {"invitation": invitation, "url": example_link(), "hours": StaffInvitation.LASTS // timedelta(hours=1)}


KINDS = [
    Kind(
        "archive_in_account", About.PRIVACY, _("Copy of data, with an account"),
        _("When a customer who has an account asks for a copy of their data without signing in."),
        lambda: {"first_name": "Robin", "url": example_link()},
    ),
    Kind(
        "archive_link", About.PRIVACY, _("Copy of data, without an account"),
        _("When a guest asks for a copy of their data."), _download,
    ),
    Kind(
        "archive_ready", About.PRIVACY, _("Copy of data from the shop"),
        _("When you make a copy of their data for a customer."), _download,
    ),
    Kind(
        "archive_nothing_held", About.PRIVACY, _("Copy of data, nothing held"),
        _("When someone asks for a copy of their data with an email address you do not have."),
    ),
    Kind(
        "request_received", About.PRIVACY, _("Privacy request received"),
        _("When a customer makes a privacy request."), _request,
    ),
    Kind(
        "request_extended", About.PRIVACY, _("Privacy request takes longer"),
        _("When you extend the time for a privacy request."), _extended,
    ),
    Kind(
        "request_answered", About.PRIVACY, _("Privacy request answered"),
        _("When you close a privacy request and choose to email the customer."), _answered,
    ),
    Kind(
        "restriction_lifted", About.PRIVACY, _("Restriction lifted"),
        _("Before you use the restricted data of a customer again."), lambda: {"first_name": "Robin"},
    ),
    Kind(
        "privacy_request", About.SHOP, _("Privacy request"), _("When a customer makes a privacy request."), _request,
    ),
    Kind(
        "second_factor_reset", About.SHOP, _("Second factor reset"),
        _("When an owner resets the second factor of a member of staff. Sent to that person."),
        lambda: {"first_name": "Robin", "by": example_customer(), "url": example_link()},
    ),
    Kind(
        "staff_invitation", About.SHOP, _("Staff invitation"), _("When you invite someone to your staff."),
        _invitation,
    ),
]  # fmt: skip
