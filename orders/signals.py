"""What happens to orders, for apps above to act on. Sent inside the transaction that made it true."""

from django.dispatch import Signal

# After an order whose shopper wants an account: request, order, customer, password (hashed, or empty), is_new_customer
account_wanted = Signal()
