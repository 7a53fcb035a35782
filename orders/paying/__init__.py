"""Paying at a payment provider: attempts, the shopper's way there and back, and the provider's notifications."""
