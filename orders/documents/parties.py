"""Who issues a document and who gets it, as its content keeps them."""

from customers.addresses.lines import address_lines, street_line
from customers.models import Customer
from orders.models import Order
from shopadmin.models import StoreSettings

SELLER = ("name", "vat_number", "tax_number", "coc_number", "contact_email", "phone", "bank_name", "iban", "bic")


def seller_of(store: StoreSettings) -> dict:
    """The shop, as its settings say."""
    address = dict.fromkeys(("attention", "house_number", "addition", "line2", "region"), "")
    address |= {"street": store.street, "postcode": store.postcode, "city": store.city, "country": str(store.country)}
    facts = {name: getattr(store, name) for name in SELLER}
    return facts | {"email": store.contact_email, "lines": address_lines(address), "address": _written(address)}


def buyer_of(order: Order) -> dict:
    """Whom the order is for, and where it goes; the email address of a business only, which e-invoices are sent to."""
    is_business = order.customer_type == Customer.Type.BUSINESS and bool(order.company_name)
    billing, shipping = order.billing_address, order.shipping_address
    home = dict.fromkeys(("street", "house_number", "addition", "line2", "postcode", "city", "region"), "")
    home |= {"country": str(StoreSettings.current().country)}
    name = order.get_full_name()
    return {
        "lines": billing.lines(name=name, company=order.company_name) if billing else _names(order),
        "name": order.company_name if is_business else name or order.company_name or order.number,
        "contact": name if is_business else "",
        "vat_number": order.vat_number,
        "coc_number": order.coc_number,
        "email": invoice_email_of(order) if is_business else "",
        "reference": order.reference,
        "address": _written(billing.as_dict() if billing else home),
        "ship_to_name": (shipping.attention if shipping else "") or name or order.company_name,
        "ship_to": _written(shipping.as_dict() if shipping else home),
    }


def invoice_email_of(order: Order) -> str:
    """Where the documents of an order go: to the customer's own address for invoices, where a business has one."""
    customer = order.customer
    has_own = customer is not None and customer.is_business and customer.invoice_email
    return customer.invoice_email if customer and has_own else order.email


def _names(order: Order) -> list[str]:
    return [line for line in (order.company_name, order.get_full_name()) if line]


def _written(address: dict[str, str]) -> dict[str, str]:
    """The parts that an e-invoice has."""
    line = " ".join(street_line(address).split())
    return {"line": line} | {name: address[name] for name in ("line2", "postcode", "city", "region", "country")}
