"""The PDF of a document: an archive's (PDF/A-3a), readable to screen readers (PDF/UA-1), with its XML attached."""

import json
import re
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import typst

from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.description import can_describe
from orders.documents.epc_qr import qr_of_document
from orders.documents.factur_x import say_that_it_is_factur_x

TEMPLATE = Path(__file__).with_name("invoice.typ")
STANDARDS = ["a-3a", "ua-1"]
# The last one comes with the extra `cjk`.
FONTS = ("fontpkg_noto_sans_thai", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_arabic", "justmytype_intl_cjk")
UNSHOWN = re.compile('(?:the text|contains the codepoint) `"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Unshowable(Exception):
    """Some characters are in no font there is: `characters` holds them."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(characters)
        self.characters = characters


def pdf_of_content(content: dict, at: datetime) -> bytes:
    """Set a document in type: the same bytes for the same content. What people wrote is data, never source.

    What no font here shows is said on it, and its XML has it nevertheless; it is an ordinary PDF then, since an
    archive's must show every character.
    """
    try:
        return _set_in_type(content, at)
    except Unshowable as error:
        codes = ", ".join(f"U+{ord(character):04X}" for character in error.characters)
        paper = {**content["paper"], "missing": content["paper"]["cannot_show"] % codes}
        return _set_in_type({**content, "paper": paper}, at)


def _set_in_type(content: dict, at: datetime) -> bytes:
    xml = cii_of(content) if can_describe(content) else b""
    inputs = {"paper": json.dumps(content["paper"]), "xml": xml.decode(), "qr": qr_of_document(content)}
    if content["paper"].get("missing"):
        return _with_metadata(_compiled(inputs, at, has_system_fonts=True), xml)
    try:
        pdf = _compiled(inputs, at, has_system_fonts=False, pdf_standards=STANDARDS)
    except typst.TypstError:
        pdf = _with_any_font(inputs, at)
    return _with_metadata(pdf, xml)


def _with_any_font(inputs: dict[str, str], at: datetime) -> bytes:
    try:
        return _compiled(inputs, at, has_system_fonts=True, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        found = "".join(UNSHOWN.findall(error.diagnostic))
        characters = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
        if not characters:
            raise
        raise Unshowable(sorted(set(characters))) from error


def _with_metadata(pdf: bytes, xml: bytes) -> bytes:
    return say_that_it_is_factur_x(pdf) if xml and b"pdfaExtension:schemas" in pdf else pdf


def _compiled(inputs: dict[str, str], at: datetime, *, has_system_fonts: bool, **options) -> bytes:
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts(has_system_fonts))
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=int(at.timestamp()), **options)
    return cast("bytes", pdf)


@cache
def _fonts(has_system_fonts: bool) -> typst.Fonts:
    """The fonts of packages; the system's only for what those lack, else the bytes would depend on the machine."""
    found = [spec for name in FONTS if (spec := find_spec(name))]
    folders = [spec.submodule_search_locations[0] for spec in found if spec.submodule_search_locations]
    return typst.Fonts(
        include_system_fonts=has_system_fonts, include_embedded_fonts=True, font_paths=[Path(path) for path in folders]
    )
