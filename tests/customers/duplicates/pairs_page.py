"""The list of duplicates as the page shows it."""

from django.http import HttpResponse

from tests.shown_page import html_of


def pairs_shown(response: HttpResponse) -> list[tuple[int, int]]:
    """The numbers of the two customers in each row, the smaller first."""
    forms = html_of(response).xpath("//tbody//form")
    return [(int(form.fields["first"]), int(form.fields["second"])) for form in forms]
