"""What happens to customers, for others to keep in step. Sent inside the transaction that made it true.

Each carries `customer`, but for `customer_erased`, which carries what will be gone.
"""

from django.dispatch import Signal

customer_approved = Signal()
customer_refused = Signal()
password_link_wanted = Signal()
email_changed = Signal()  # customer, old (address)
customers_merged = Signal()  # kept, merged: the latter's address opens no account from now on
customer_erased = Signal()  # customer_id, email, aliases (addresses merged into it), language, name, was_registered, by
# (ActorKind), notify (bool), summary
