"""XML as nested calls, for documents whose elements have an order and must not be empty."""

import re
from xml.etree.ElementTree import Element, indent, register_namespace, tostring

# What people type and XML 1.0 does not know.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Child = Element | str | None


class Writer:
    """Writes elements of a few namespaces, each by its prefix."""

    def __init__(self, namespaces: dict[str, str]) -> None:
        self.namespaces = namespaces
        for prefix, uri in namespaces.items():
            register_namespace(prefix, uri)

    def __call__(self, tag: str, *children: Child, **attributes: str) -> Element | None:
        """Return an element such as `cbc:ID`, or None where there is nothing to put into it."""
        kept = [child for child in children if child is not None and child != ""]
        if not kept:
            return None
        prefix, name = tag.split(":")
        element = Element(f"{{{self.namespaces[prefix]}}}{name}", attributes)
        for child in kept:
            if isinstance(child, Element):
                element.append(child)
            else:
                element.text = NOT_XML.sub("", child)
        return element if len(element) or (element.text or "").strip() else None


def written(root: Element | None) -> bytes:
    """The document as bytes, one element a line."""
    if root is None:
        raise ValueError("an empty document")
    indent(root, " ")
    return tostring(root, encoding="utf-8", xml_declaration=True)
