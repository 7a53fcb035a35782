"""The forms of a page as a browser reads them: where each leads to, and what it would send as it stands."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """One form: the address it is sent to (empty: the page's own), and its controls by name; None is not sent."""

    method: str
    action: str
    fields: dict[str, str | None] = field(default_factory=dict)


def forms_of(html: str) -> list[PageForm]:
    """Every form of a page, with controls that stand elsewhere and name it."""
    reader = Reader()
    reader.feed(html)
    return reader.forms


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.open: PageForm | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "form":
            self.open = PageForm(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self.open)
            self.by_id[given.get("id", "")] = self.open
        elif tag in {"input", "select", "textarea", "button"} and given.get("name"):
            self._add(tag, given)
        elif tag == "option" and self.select and ("selected" in given or not self.open.fields[self.select]):
            self.open.fields[self.select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""

    def _add(self, tag: str, given: dict) -> None:
        form = self.by_id.get(given.get("form", "")) if "form" in given else self.open
        if form is not None:
            is_off = given.get("type") in {"checkbox", "radio"} and "checked" not in given
            if form.fields.get(given["name"]) is None:
                form.fields[given["name"]] = None if is_off else given.get("value", "on" if "checked" in given else "")
            self.select = given["name"] if tag == "select" and form is self.open else ""
