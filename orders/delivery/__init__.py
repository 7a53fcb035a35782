"""Delivery methods, as the settings list them and the checkout offers them."""
