"""HTML of other shops → text that reads well without it."""

import re
from html.parser import HTMLParser

MARKUP = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|em|strong|h[1-6]|a|table|tr|td|img|u|small|section)\b[^<>]*>", re.I
)
ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
BLOCKS = frozenset(
    ["p", "div", "ul", "ol", "table", "tr", "section", "article", "header", "footer", "blockquote", "figure"]
    + ["h1", "h2", "h3", "h4", "h5", "h6"]
)
UNSEEN = frozenset(["script", "style", "head", "template", "iframe", "noscript"])
MOST_EMPTY_LINES = re.compile(r"\n{3,}")
BLANKS = re.compile(r"[^\S\n]+")


def plain_text(cell: str) -> str:
    """The words of a cell; one without HTML as it is."""
    if not MARKUP.search(cell):
        return cell if not ENTITY.search(cell) else _read(cell.replace("<", "&lt;"))
    return _read(cell)


def _read(cell: str) -> str:
    reader = _Reader()
    reader.feed(cell)
    reader.close()
    lines = (BLANKS.sub(" ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return MOST_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Gathers the words, with lines where the page had them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Begin a line, or an item of a list."""
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        elif tag in BLOCKS:
            self.pieces.append("\n" if tag == "tr" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in BLOCKS and tag != "tr":
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Take the words; their line breaks mean nothing in HTML."""
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))
