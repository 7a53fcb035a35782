"""What a browser sends: the values of a form as the page shows it, with what somebody typed over them."""

from html.parser import HTMLParser

from django.http import HttpResponse


def filled(response: HttpResponse, form_id: str, **typed: str | None) -> dict:
    """The fields of the form as sent back; `billing__city` stands for `billing-city`, None unticks."""
    reader = FormReader(form_id)
    reader.feed(response.content.decode())
    for name, value in typed.items():
        name = name.replace("__", "-")
        reader.values.pop(name, None)
        if value is not None:
            reader.values[name] = value
    return reader.values


class FormReader(HTMLParser):
    """Collects what the controls of one form hold."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside, self.values = form_id, False, {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        elif self.inside and tag in {"input", "select", "textarea", "option"}:
            getattr(self, f"_{tag}")(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, text: str) -> None:
        if self.textarea:
            self.values[self.textarea] += text.removeprefix("\n").replace("\n", "\r\n")

    def _input(self, given: dict) -> None:
        is_off = given.get("type") in {"checkbox", "radio"} and "checked" not in given
        if "name" in given and not is_off and "disabled" not in given:
            self.values[given["name"]] = given.get("value", "on" if given.get("type") == "checkbox" else "")

    def _select(self, given: dict) -> None:
        self.select = given["name"]

    def _textarea(self, given: dict) -> None:
        self.textarea = given["name"]
        self.values[self.textarea] = ""

    def _option(self, given: dict) -> None:
        if "selected" in given or self.select not in self.values:
            self.values[self.select] = given["value"]
