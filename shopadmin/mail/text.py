"""The text part of a mail, made from its HTML part."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "h1", "h2", "h3", "ul", "ol", "table", "address", "footer", "header", "blockquote", "dl"}
SKIPPED = {"head", "style", "title"}


class _Text(HTMLParser):
    """Collects words; knows paragraphs, lists, tables and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0
        self.href = ""
        self.link_start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.skipping += 1
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag in {"br", "tr", "dt"}:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag == "a":
            self.href, self.link_start = dict(attrs).get("href") or "", len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.skipping -= 1
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag in {"td", "th", "dt"}:
            self.parts.append("  ")
        elif tag == "a" and self.href:
            if "".join(self.parts[self.link_start :]).strip() not in (self.href, self.href.removeprefix("mailto:")):
                self.parts.append(f":\n{self.href}\n")
            self.href = ""

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """What a mail's HTML says, as plain text; a link stands on a line of its own after its words."""
    parser = _Text()
    parser.feed(html)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parser.parts))
    text = re.sub(r" {3,}", "  ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
