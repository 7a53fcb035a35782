"""A document in UN/CEFACT's Cross Industry Invoice, profile EN 16931: what Factur-X and ZUGFeRD attach to a PDF.

The schema is a sequence: elements stand here in its order.
"""

from xml.etree.ElementTree import Element

from orders.documents.e_invoice.description import PIECE, Address, Description, Line, Party, Tax, describe
from orders.documents.e_invoice.nodes import Child, Writer, written

PROFILE = "urn:cen.eu:en16931:2017"
STANDARD = "urn:un:unece:uncefact:data:standard"
node = Writer(
    {
        "rsm": f"{STANDARD}:CrossIndustryInvoice:100",
        "ram": f"{STANDARD}:ReusableAggregateBusinessInformationEntity:100",
        "qdt": f"{STANDARD}:QualifiedDataType:100",
        "udt": f"{STANDARD}:UnqualifiedDataType:100",
    }
)


def cii_of(content: dict) -> bytes:
    """The XML of a document, from its frozen content."""
    document = describe(content)
    root = node(
        "rsm:CrossIndustryInvoice",
        node(
            "rsm:ExchangedDocumentContext",
            node("ram:GuidelineSpecifiedDocumentContextParameter", node("ram:ID", PROFILE)),
        ),
        node(
            "rsm:ExchangedDocument",
            node("ram:ID", content["number"]),
            node("ram:TypeCode", document.type),
            node("ram:IssueDateTime", _day("udt", content["issued"])),
            node("ram:IncludedNote", node("ram:Content", content.get("remark", ""))),
        ),
        node(
            "rsm:SupplyChainTradeTransaction",
            *(_line(line) for line in document.lines),
            _agreement(document),
            _delivery(document),
            _settlement(document),
        ),
    )
    return written(root)


def _line(line: Line) -> Child:
    return node(
        "ram:IncludedSupplyChainTradeLineItem",
        node("ram:AssociatedDocumentLineDocument", node("ram:LineID", line.id)),
        node("ram:SpecifiedTradeProduct", node("ram:SellerAssignedID", line.sku), node("ram:Name", line.name)),
        node(
            "ram:SpecifiedLineTradeAgreement",
            node("ram:NetPriceProductTradePrice", node("ram:ChargeAmount", line.unit_net)),
        ),
        node("ram:SpecifiedLineTradeDelivery", node("ram:BilledQuantity", line.quantity, unitCode=PIECE)),
        node(
            "ram:SpecifiedLineTradeSettlement",
            node(
                "ram:ApplicableTradeTax",
                node("ram:TypeCode", "VAT"),
                node("ram:CategoryCode", line.category),
                node("ram:RateApplicablePercent", line.rate),
            ),
            node("ram:SpecifiedTradeSettlementLineMonetarySummation", node("ram:LineTotalAmount", line.net)),
        ),
    )


def _agreement(document: Description) -> Child:
    reference = document.content["buyer"]["reference"]
    return node(
        "ram:ApplicableHeaderTradeAgreement",
        node("ram:BuyerReference", reference),
        _party("ram:SellerTradeParty", document.seller, has_contact=True),
        _party("ram:BuyerTradeParty", document.buyer),
        node("ram:SellerOrderReferencedDocument", node("ram:IssuerAssignedID", document.content["order"]["number"])),
        node("ram:BuyerOrderReferencedDocument", node("ram:IssuerAssignedID", reference)),
    )


def _party(tag: str, party: Party, *, has_contact: bool = False) -> Child:
    scheme = {"schemeID": party.register} if party.register else {}
    return node(
        tag,
        node("ram:ID", party.identifier),
        node("ram:Name", party.name),
        node("ram:SpecifiedLegalOrganization", node("ram:ID", party.register_number, **scheme)),
        _contact(party) if has_contact else node("ram:DefinedTradeContact", node("ram:PersonName", party.contact)),
        _address("ram:PostalTradeAddress", party.address),
        node("ram:URIUniversalCommunication", node("ram:URIID", party.email, schemeID="EM")),
        node("ram:SpecifiedTaxRegistration", node("ram:ID", party.vat_number, schemeID="VA")),
        node("ram:SpecifiedTaxRegistration", node("ram:ID", party.tax_number, schemeID="FC")),
    )


def _contact(party: Party) -> Child:
    return node(
        "ram:DefinedTradeContact",
        node("ram:PersonName", party.name),
        node("ram:TelephoneUniversalCommunication", node("ram:CompleteNumber", party.phone)),
        node("ram:EmailURIUniversalCommunication", node("ram:URIID", party.email)),
    )


def _address(tag: str, address: Address) -> Child:
    return node(
        tag,
        node("ram:PostcodeCode", address.postcode),
        node("ram:LineOne", address.line),
        node("ram:LineTwo", address.line2),
        node("ram:CityName", address.city),
        node("ram:CountryID", address.country),
        node("ram:CountrySubDivisionName", address.region),
    )


def _delivery(document: Description) -> Child:
    return node(
        "ram:ApplicableHeaderTradeDelivery",
        node(
            "ram:ShipToTradeParty",
            node("ram:Name", document.ship_to_name),
            _address("ram:PostalTradeAddress", document.ship_to),
        ),
        node(
            "ram:ActualDeliverySupplyChainEvent",
            node("ram:OccurrenceDateTime", _day("udt", document.delivered)),
        ),
    )


def _settlement(document: Description) -> Child:
    content = document.content
    return node(
        "ram:ApplicableHeaderTradeSettlement",
        node("ram:PaymentReference", content["number"] if document.means else ""),
        node("ram:InvoiceCurrencyCode", content["currency"]),
        _means(document),
        *(_tax(tax) for tax in document.taxes),
        node(
            "ram:SpecifiedTradePaymentTerms",
            node("ram:Description", document.terms),
            node("ram:DueDateDateTime", _day("udt", document.due_date)),
        ),
        _sums(document),
        _corrected(content),
    )


def _means(document: Description) -> Child:
    seller = document.content["seller"]
    return node(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        node("ram:TypeCode", document.means),
        node(
            "ram:PayeePartyCreditorFinancialAccount",
            node("ram:IBANID", document.iban),
            node("ram:AccountName", seller["name"] if document.means else ""),
        ),
        node(
            "ram:PayeeSpecifiedCreditorFinancialInstitution", node("ram:BICID", seller["bic"] if document.means else "")
        ),
    )


def _tax(tax: Tax) -> Child:
    return node(
        "ram:ApplicableTradeTax",
        node("ram:CalculatedAmount", tax.vat),
        node("ram:TypeCode", "VAT"),
        node("ram:ExemptionReason", tax.reason),
        node("ram:BasisAmount", tax.net),
        node("ram:CategoryCode", tax.category),
        node("ram:ExemptionReasonCode", tax.reason_code),
        node("ram:RateApplicablePercent", tax.rate),
    )


def _sums(document: Description) -> Child:
    totals = document.content["totals"]
    return node(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        node("ram:LineTotalAmount", totals["net"]),
        node("ram:TaxBasisTotalAmount", totals["net"]),
        node("ram:TaxTotalAmount", totals["vat"], currencyID=document.content["currency"]),
        node("ram:GrandTotalAmount", totals["gross"]),
        node("ram:TotalPrepaidAmount", document.prepaid),
        node("ram:DuePayableAmount", str(document.due)),
    )


def _corrected(content: dict) -> Child:
    if "credits" not in content:
        return None
    return node(
        "ram:InvoiceReferencedDocument",
        node("ram:IssuerAssignedID", content["credits"]["number"]),
        node("ram:FormattedIssueDateTime", _day("qdt", content["credits"]["issued"])),
    )


def _day(prefix: str, iso: str) -> Element | None:
    return node(f"{prefix}:DateTimeString", iso.replace("-", ""), format="102")
