"""What the shop writes to a shopper about an order: messages, and payment reminders by hand or by the worker."""
