"""What happens to orders, for mails and others to keep in step. Sent inside the transaction that made it true."""

from django.dispatch import Signal

order_placed = Signal()  # order, is_new_customer, wants_account (whether its password was typed with the order)
payment_entered = Signal()  # payment
shipment_sent = Signal()  # shipment
document_issued = Signal()  # document
order_cancelled = Signal()  # order
# notice, is_flood (whether no more mails should go to its address), is_own (stated signed in, for one's own mailbox)
withdrawal_received = Signal()
order_withdrawn = Signal()  # order
# After an order whose shopper wants an account: request, order, customer, password (hashed, or empty), is_new_customer
account_wanted = Signal()
