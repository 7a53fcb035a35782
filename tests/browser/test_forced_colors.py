"""Where the system chooses the colours, as Windows does with high contrast, each mark is still seen."""

import pytest

from tests.factories import CustomerFactory, OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
LOOKS = """things => things.map(thing => {
    const {backgroundColor, outlineStyle, borderBottomStyle, fill} = getComputedStyle(thing);
    return {backgroundColor, outlineStyle, borderBottomStyle, fill};
})"""
# One look of the two that tell apart, before the other.
MARKS = [
    ("/backoffice/", ".menu [aria-current]", ".menu a:not([aria-current])"),
    ("/backoffice/customers/", ".views [aria-current]", ".views a:not([aria-current])"),
    ("/backoffice/settings/accounts/", ".segmented label:has(:checked)", ".segmented label:not(:has(:checked))"),
    ("/backoffice/settings/accounts/", "[role=switch]:checked", "body"),
]


@pytest.mark.parametrize(("path", "marked", "other"), MARKS)
def test_what_is_chosen_differs_from_what_is_not(visit, mara, path, marked, other):
    OrderFactory(customer=CustomerFactory())
    page = visit(mara, path)
    page.emulate_media(forced_colors="active")
    one, another = (page.locator(selector).evaluate_all(LOOKS)[0] for selector in (marked, other))
    assert one != another


def test_the_marks_of_a_legend_are_seen(visit, mara, store):
    page = visit(mara, "/backoffice/")
    page.emulate_media(forced_colors="active")
    mark = "item => getComputedStyle(item, '::before').backgroundColor"
    colours = {page.locator(".legend li").nth(number).evaluate(mark) for number in range(2)}
    paper = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert len(colours | {paper}) == 3
