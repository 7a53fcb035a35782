"""The mark by which programs see that a PDF is a Factur-X (ZUGFeRD) invoice: a few lines in its metadata.

typst attaches the XML and writes no such lines; libraries that add them compress the metadata or stamp the clock, and
the file is no PDF/A any more. Its metadata are plain text and its table of offsets is a plain one, so that both can be
written anew.
"""

import re

BEFORE_SCHEMAS_END = b"</rdf:Bag></pdfaExtension:schemas>"
BEFORE_RDF_END = b"</rdf:RDF>"
SCHEMA = b"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FACTS = {
    b"DocumentFileName": (b"factur-x.xml", b"The name of the embedded XML document"),
    b"DocumentType": (b"INVOICE", b"The type of the hybrid document"),
    b"Version": (b"1.0", b"The version of the standard"),
    b"ConformanceLevel": (b"EN 16931", b"The conformance level of the XML document"),
}
LENGTH = re.compile(rb"/Length (\d+)")


def say_that_it_is_factur_x(pdf: bytes) -> bytes:
    """Add the lines to the metadata of a PDF that typst made with `factur-x.xml` attached."""
    body_end = pdf.rindex(b"\nxref\n")
    body, table = pdf[:body_end], pdf[body_end:]
    grown = _insert(_insert(body, BEFORE_SCHEMAS_END, _schema()), BEFORE_RDF_END, _facts())
    at = grown.index(BEFORE_RDF_END)
    added = len(grown) - len(body)
    lengths = list(LENGTH.finditer(grown, grown.rindex(b" obj", 0, at), at))
    if len(lengths) != 1:
        raise ValueError("the length of the metadata is not where it should be")
    [length] = lengths
    digits = b"%d" % (int(length[1]) + added)
    grown = grown[: length.start(1)] + digits + grown[length.end(1) :]
    shift = len(grown) - len(body)
    return grown + _moved(table, behind=body.index(BEFORE_SCHEMAS_END), by=shift)


def _insert(body: bytes, mark: bytes, text: bytes) -> bytes:
    if body.count(mark) != 1:
        raise ValueError(f"{mark!r} is not exactly once in the metadata")
    return body.replace(mark, text + mark)


def _schema() -> bytes:
    """What PDF/A asks of metadata that it does not know: their description."""
    properties = b"".join(
        b'<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        b"<pdfaProperty:description>" + description + b"</pdfaProperty:description>"
        b"<pdfaProperty:name>" + name + b"</pdfaProperty:name>"
        b"<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, (_value, description) in FACTS.items()
    )
    return (
        b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        b"<pdfaSchema:namespaceURI>" + SCHEMA + b"</pdfaSchema:namespaceURI>"
        b"<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        b"<pdfaSchema:property><rdf:Seq>" + properties + b"</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _facts() -> bytes:
    values = b"".join(b"<fx:" + name + b">" + value + b"</fx:" + name + b">" for name, (value, _about) in FACTS.items())
    return b'<rdf:Description rdf:about="" xmlns:fx="' + SCHEMA + b'">' + values + b"</rdf:Description>"


def _moved(table: bytes, *, behind: int, by: int) -> bytes:
    """The table of offsets, those behind the metadata moved on."""

    def moved(offset: re.Match) -> bytes:
        at = int(offset[1])
        return b"%010d" % (at + by if at > behind else at) + offset[2]

    table = re.sub(rb"(\d{10})( \d{5} n)", moved, table)
    return re.sub(rb"(startxref\s+)(\d+)", lambda found: found[1] + b"%d" % (int(found[2]) + by), table)
