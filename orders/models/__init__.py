from orders.models.bulk_action import OrderBulkAction, OrderBulkSkip
from orders.models.category import Category
from orders.models.counter import Counter
from orders.models.daily_sales import DailySales
from orders.models.delivery_method import DeliveryMethod
from orders.models.document import Document
from orders.models.order import Order
from orders.models.order_address import OrderAddress
from orders.models.order_event import OrderEvent
from orders.models.order_import import OrderImport
from orders.models.order_line import OrderLine
from orders.models.order_message import OrderMessage
from orders.models.order_note import OrderNote
from orders.models.order_tag import OrderTag
from orders.models.payment import Payment
from orders.models.payment_attempt import PaymentAttempt
from orders.models.product import Product
from orders.models.product_import import ProductImport
from orders.models.product_picture import ProductPicture
from orders.models.refund_line import RefundLine
from orders.models.shipment import Shipment, ShipmentLine
from orders.models.tax_class import TaxClass
from orders.models.vat_category import VatCategory
from orders.models.vat_check import VatCheck
from orders.models.withdrawal import WithdrawalLine, WithdrawalNotice

__all__ = [
    "Category",
    "Counter",
    "DailySales",
    "DeliveryMethod",
    "Document",
    "Order",
    "OrderAddress",
    "OrderBulkAction",
    "OrderBulkSkip",
    "OrderEvent",
    "OrderImport",
    "OrderLine",
    "OrderMessage",
    "OrderNote",
    "OrderTag",
    "Payment",
    "PaymentAttempt",
    "Product",
    "ProductImport",
    "ProductPicture",
    "RefundLine",
    "Shipment",
    "ShipmentLine",
    "TaxClass",
    "VatCategory",
    "VatCheck",
    "WithdrawalLine",
    "WithdrawalNotice",
]
