import pytest
from playwright.sync_api import expect

from customers.models import Customer
from customers.staff.invitations import invite
from tests.accounts.doors import last_mail, path_in
from tests.factories import StaffInvitationFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
WIDTH = 320  # the wider ones and all other pages: `make axe`


def test_staff_pages_are_open_to_everybody_who_works_there(visit, accessible, mara, sam):
    StaffInvitationFactory()
    invite("joris@shop.example", first_name="Joris", role="support", language="en", by=mara)
    link = path_in(last_mail("joris@shop.example"), "/sign-in/invitation/")
    colleague = f"/backoffice/staff/{sam.pk}"
    page = visit(mara, "/backoffice/staff/", width=WIDTH)
    page.locator("tbody summary").last.click()
    accessible(page)
    paths = ["/backoffice/staff/invite/", "/backoffice/staff-log/", f"{colleague}/second-factor/reset/"]
    for path in (*paths, f"{colleague}/role/", f"{colleague}/remove/", link):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_a_colleague_is_removed_in_a_dialog(visit, mara, sam):
    page = visit(mara, "/backoffice/staff/")
    page.locator("summary", has_text="Actions for Sam").click()
    page.get_by_role("button", name="Remove…").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("is no longer a member of staff")).to_be_visible()
    assert not Customer.objects.filter(pk=sam.pk).exists()
