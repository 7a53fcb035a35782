"""Customers from a CSV file: read, recognised, checked and written, a batch at a time."""
