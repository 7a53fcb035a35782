"""A document in UBL 2.1, which Peppol carries and most Dutch and Belgian bookkeeping reads.

The schema is a sequence: elements stand here in its order.
"""

from orders.documents.e_invoice.description import PIECE, Address, Description, Line, Party, Tax, describe
from orders.documents.e_invoice.nodes import Child, Writer, written

PROFILE = "urn:cen.eu:en16931:2017"
SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd"
COMMON = {"cac": f"{SCHEMA}:CommonAggregateComponents-2", "cbc": f"{SCHEMA}:CommonBasicComponents-2"}
node = Writer(COMMON | {"invoice": f"{SCHEMA}:Invoice-2", "credit": f"{SCHEMA}:CreditNote-2"})


def ubl_of(content: dict) -> bytes:
    """The XML of a document, from its frozen content."""
    document = describe(content)
    reference = content["buyer"]["reference"]
    return written(
        node(
            "invoice:Invoice" if document.is_invoice else "credit:CreditNote",
            node("cbc:CustomizationID", PROFILE),
            node("cbc:ID", content["number"]),
            node("cbc:IssueDate", content["issued"]),
            node("cbc:DueDate", document.due_date),
            node("cbc:InvoiceTypeCode" if document.is_invoice else "cbc:CreditNoteTypeCode", document.type),
            node("cbc:Note", content.get("remark", "")),
            node("cbc:DocumentCurrencyCode", content["currency"]),
            node("cbc:BuyerReference", reference),
            node(
                "cac:OrderReference",
                node("cbc:ID", reference or "NA"),  # obligatory beside the seller's own number
                node("cbc:SalesOrderID", content["order"]["number"]),
            ),
            _corrected(content),
            node("cac:AccountingSupplierParty", _party(document.seller, has_contact=True)),
            node("cac:AccountingCustomerParty", _party(document.buyer)),
            _delivery(document),
            _means(document),
            node("cac:PaymentTerms", node("cbc:Note", document.terms)),
            _taxes(document),
            _sums(document),
            *(_line(line, document) for line in document.lines),
        )
    )


def _corrected(content: dict) -> Child:
    if "credits" not in content:
        return None
    facts = content["credits"]
    return node(
        "cac:BillingReference",
        node("cac:InvoiceDocumentReference", node("cbc:ID", facts["number"]), node("cbc:IssueDate", facts["issued"])),
    )


def _party(party: Party, *, has_contact: bool = False) -> Child:
    scheme = {"schemeID": party.register} if party.register else {}
    return node(
        "cac:Party",
        node("cbc:EndpointID", party.email, schemeID="EM"),
        node("cac:PartyIdentification", node("cbc:ID", party.identifier)),
        _address("cac:PostalAddress", party.address),
        _tax_scheme(party.vat_number, "VAT"),
        _tax_scheme(party.tax_number, "TAX"),
        node(
            "cac:PartyLegalEntity",
            node("cbc:RegistrationName", party.name),
            node("cbc:CompanyID", party.register_number, **scheme),
        ),
        node(
            "cac:Contact",
            node("cbc:Name", party.name if has_contact else party.contact),
            node("cbc:Telephone", party.phone if has_contact else ""),
            node("cbc:ElectronicMail", party.email if has_contact else ""),
        ),
    )


def _tax_scheme(number: str, scheme: str) -> Child:
    if not number:
        return None
    return node("cac:PartyTaxScheme", node("cbc:CompanyID", number), node("cac:TaxScheme", node("cbc:ID", scheme)))


def _address(tag: str, address: Address) -> Child:
    return node(
        tag,
        node("cbc:StreetName", address.line),
        node("cbc:AdditionalStreetName", address.line2),
        node("cbc:CityName", address.city),
        node("cbc:PostalZone", address.postcode),
        node("cbc:CountrySubentity", address.region),
        node("cac:Country", node("cbc:IdentificationCode", address.country)),
    )


def _delivery(document: Description) -> Child:
    return node(
        "cac:Delivery",
        node("cbc:ActualDeliveryDate", document.delivered),
        node("cac:DeliveryLocation", _address("cac:Address", document.ship_to)),
        node("cac:DeliveryParty", node("cac:PartyName", node("cbc:Name", document.ship_to_name))),
    )


def _means(document: Description) -> Child:
    if not document.means:
        return None
    seller = document.content["seller"]
    return node(
        "cac:PaymentMeans",
        node("cbc:PaymentMeansCode", document.means),
        node("cbc:PaymentID", document.content["number"]),
        node(
            "cac:PayeeFinancialAccount",
            node("cbc:ID", document.iban),
            node("cbc:Name", seller["name"]),
            node("cac:FinancialInstitutionBranch", node("cbc:ID", seller["bic"])),
        ),
    )


def _taxes(document: Description) -> Child:
    currency = document.content["currency"]
    return node(
        "cac:TaxTotal",
        node("cbc:TaxAmount", document.content["totals"]["vat"], currencyID=currency),
        *(
            node(
                "cac:TaxSubtotal",
                node("cbc:TaxableAmount", tax.net, currencyID=currency),
                node("cbc:TaxAmount", tax.vat, currencyID=currency),
                _category("cac:TaxCategory", tax),
            )
            for tax in document.taxes
        ),
    )


def _category(tag: str, part: Line | Tax) -> Child:
    return node(
        tag,
        node("cbc:ID", part.category),
        node("cbc:Percent", part.rate),
        node("cbc:TaxExemptionReasonCode", part.reason_code if isinstance(part, Tax) else ""),
        node("cbc:TaxExemptionReason", part.reason if isinstance(part, Tax) else ""),
        node("cac:TaxScheme", node("cbc:ID", "VAT")),
    )


def _sums(document: Description) -> Child:
    totals, currency = document.content["totals"], document.content["currency"]
    return node(
        "cac:LegalMonetaryTotal",
        node("cbc:LineExtensionAmount", totals["net"], currencyID=currency),
        node("cbc:TaxExclusiveAmount", totals["net"], currencyID=currency),
        node("cbc:TaxInclusiveAmount", totals["gross"], currencyID=currency),
        node("cbc:PrepaidAmount", document.prepaid, currencyID=currency),
        node("cbc:PayableAmount", str(document.due), currencyID=currency),
    )


def _line(line: Line, document: Description) -> Child:
    currency = document.content["currency"]
    return node(
        "cac:InvoiceLine" if document.is_invoice else "cac:CreditNoteLine",
        node("cbc:ID", line.id),
        node("cbc:InvoicedQuantity" if document.is_invoice else "cbc:CreditedQuantity", line.quantity, unitCode=PIECE),
        node("cbc:LineExtensionAmount", line.net, currencyID=currency),
        node(
            "cac:Item",
            node("cbc:Name", line.name),
            node("cac:SellersItemIdentification", node("cbc:ID", line.sku)),
            _category("cac:ClassifiedTaxCategory", line),
        ),
        node("cac:Price", node("cbc:PriceAmount", line.unit_net, currencyID=currency)),
    )
