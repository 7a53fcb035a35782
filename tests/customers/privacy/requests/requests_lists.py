"""The list of privacy requests: which are shown as to be done, and which as closed."""

from django.http import HttpResponse

from tests.shown_page import html_of


def open_requests(response: HttpResponse) -> list[int]:
    return numbers_under(response, "Open requests")


def closed_requests(response: HttpResponse) -> list[int]:
    return numbers_under(response, "Closed")


def numbers_under(response: HttpResponse, heading: str) -> list[int]:
    links = html_of(response).xpath("//section[header/h2=$heading]//a[@class='cover']/@href", heading=heading)
    return [int(link.rstrip("/").rpartition("/")[2]) for link in links]
