"""What orders add to customers: timeline, totals, merging, archive and erasure; `orders/hooks.py` hands it over."""
