"""What happens to customers, for others to keep in step. Sent inside the transaction that made it true.

Each carries `customer`, but for `customers_erased`, which is sent once for many, while their rows are still there.
"""

from django.dispatch import Signal

customer_approved = Signal()
customer_refused = Signal()
password_link_wanted = Signal()
email_changed = Signal()  # customer, old (address)
customers_merged = Signal()  # kept, merged: the latter's address opens no account from now on
customers_erased = Signal()  # people (a list of Person: customers/privacy/erasure), by (ActorKind), notify (bool)
