"""What happens to customers, for others to keep in step. Sent inside the transaction that made it true.

Each carries `customer`, but for `customer_erased`, which carries what will be gone.
"""

from django.dispatch import Signal

customer_approved = Signal()
customer_refused = Signal()
password_link_wanted = Signal()
email_changed = Signal()  # customer, old (address)
mailbox_proved = Signal()  # customer: its earlier guest orders may be shown now
customer_erased = Signal()  # customer_id, email, language, name, was_registered, by (ActorKind), notify (bool), summary
