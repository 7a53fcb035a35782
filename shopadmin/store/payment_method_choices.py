"""The ways to pay, for the store settings: the app that has them adds them when it is ready."""

from django.utils.functional import Promise

# (code, words) of each way to pay, for the store settings.
payment_methods: list[tuple[str, str | Promise]] = []
