"""What a page shows, and what its forms would send: its HTML as lxml reads it, once an answer."""

from functools import lru_cache

import lxml.html
from django.http import HttpResponse
from lxml.html import FormElement, HtmlElement


def html_of(response: HttpResponse) -> HtmlElement:
    """Return the page, or the part of one, as a tree; to look at, not to change."""
    return parse(response.content)


@lru_cache(maxsize=4)
def parse(content: bytes) -> HtmlElement:
    page = lxml.html.document_fromstring(content.decode())
    for control in list(page.iter("input", "select", "textarea")):
        behave_as_in_a_browser(control, page)
    return page


def behave_as_in_a_browser(control: HtmlElement, page: HtmlElement) -> None:
    """Mend what `form_values()` leaves out: an empty field is sent, and so is a control that names its form."""
    if control.tag == "textarea":
        control.value = control.value.removeprefix("\n").replace("\n", "\r\n")
    elif control.tag == "input" and not control.checkable and "value" not in control.attrib:
        control.value = ""
    for form in page.xpath("//form[@id=$id]", id=control.get("form", "")):
        control.drop_tree()
        control.tail = None
        form.append(control)


# --- Words


def text_of(element: HtmlElement) -> str:
    """Return the words in an element, with single spaces."""
    return " ".join(element.text_content().split())


def texts(response: HttpResponse, css_class: str) -> list[str]:
    """Return the words of each element of a class, in the order of the page."""
    return [text_of(element) for element in html_of(response).find_class(css_class)]


def row_names(response: HttpResponse) -> list[str]:
    """Return what the rows (or cards) of a list are called: the words of their links."""
    return texts(response, "cover")


def table_rows(response: HttpResponse) -> list[list[str]]:
    """Return the words of each cell, by row, of all tables on the page, without their heads."""
    return [[text_of(cell) for cell in row.xpath("th | td")] for row in html_of(response).xpath("//tbody/tr")]


def facts(response: HttpResponse) -> dict[str, str]:
    """Return the pairs that a page shows as "name: value"."""
    names = html_of(response).xpath("//dl//dt")
    return {text_of(name): text_of(name.getnext()) for name in names}


def page_link(response: HttpResponse, rel: str) -> str:
    """Return where "next" or "prev" leads, or nothing where there is no such page."""
    return "".join(html_of(response).xpath("//a[@rel=$rel]/@href", rel=rel))


def link_called(response: HttpResponse, words: str) -> str:
    """Return where the one link with these words leads."""
    [link] = [link for link in html_of(response).xpath("//a") if text_of(link) == words]
    return link.get("href")


def timeline_texts(response: HttpResponse) -> list[str]:
    """Return what a timeline tells, in the order of the page."""
    return [text_of(entry) for entry in html_of(response).xpath("//*[@class='timeline']//li/div/p")]


def menu_counts(response: HttpResponse) -> dict[str, str]:
    """Return how many wait, by the entry of the backoffice's menu."""
    counts = html_of(response).xpath("//nav[@class='menu']//*[@class='count']")
    return {text_of(count.getparent()).partition(",")[0]: count.xpath("text()")[0].strip() for count in counts}


def chips(response: HttpResponse) -> dict[str, str]:
    """Return the words of each filter of a list that is on, and where the view without it is."""
    found = html_of(response).find_class("filter-on")
    return {chip.text.strip(): chip.xpath("string(.//a/@href)") for chip in found}


# --- Errors


def errors(response: HttpResponse) -> dict[str, str]:
    """Return the error that stands at each field, by the field's name."""
    messages = html_of(response).xpath("//p[starts-with(@id, 'id_') and contains(@class, 'is-stop')]")
    return {field_of(message.get("id")): text_of(message) for message in messages}


def field_of(message_id: str) -> str:
    return message_id.removeprefix("id_").removesuffix("-message")


def error_summary(response: HttpResponse) -> list[str]:
    """Return the lines of the box above a form that says what is wrong."""
    return [text_of(line) for line in html_of(response).xpath("//*[@id='errors']//li")]


# --- Forms


def value_of(response: HttpResponse, name: str) -> str | set[str] | None:
    """Return what the field holds: a text, or those that are ticked where several can be."""
    return form_with(response, name).fields[name]


def form_with(response: HttpResponse, name: str) -> FormElement:
    """Return the form, below the head of the page, that has a field of this name."""
    [form] = [form for form in html_of(response).xpath("//main//form") if name in form.inputs]
    return form


def filled(response: HttpResponse, form_id: str, **typed: str | list[str] | None) -> dict[str, str | list[str]]:
    """Return what the form would send with this typed over it.

    `billing__city` stands for `billing-city`; None unticks.
    """
    values = sent_by(html_of(response).get_element_by_id(form_id))
    values |= {name.replace("__", "-"): value for name, value in typed.items()}
    return {name: value for name, value in values.items() if value is not None}


def sent_by(form: FormElement) -> dict[str, str | list[str]]:
    """Return what a browser sends of the form as it stands; a list where several are ticked."""
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return {name: several if len(several) > 1 else several[0] for name, several in values.items()}
