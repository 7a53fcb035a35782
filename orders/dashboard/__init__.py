"""The first page of the backoffice: what waits for attention (`needs_attention.py`), and sales by day (`figures.py`).

Sales are sums that triggers keep (`sales_triggers.py`), and that `sales_count.py` counts anew.
"""
