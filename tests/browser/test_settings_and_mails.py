import pytest
from playwright.sync_api import expect

from shopadmin.models import Mail
from tests.factories import MailFactory

WIDTH = 390  # the wider ones and all other pages: `make axe`


@pytest.mark.browser
@pytest.mark.any_database
def test_settings_and_mails_are_open_to_everybody_who_works_there(visit, accessible, mara):
    mail = MailFactory(state=Mail.State.FAILED, error="550 No such user")
    sections = [f"/backoffice/settings/{slug}/" for slug in ("country", "payment", "accounts", "delivery")]
    for path in (
        "/backoffice/settings/",
        *sections,
        "/backoffice/mails/",
        f"/backoffice/mails/{mail.pk}/",
        "/privacy/",
    ):
        page = visit(mara, path, width=WIDTH)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.browser
@pytest.mark.any_database
def test_a_wrong_entry_of_the_settings_is_focused_in_the_summary(visit, mara):
    page = visit(mara, "/backoffice/settings/payment/")
    page.get_by_label("IBAN").fill("NL00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_role("link", name="IBAN").click()
    expect(page.locator("#id_iban")).to_be_focused()
