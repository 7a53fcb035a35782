"""Invoices and credit notes.

`issue.py` issues them: from an order (`content.py`) or from an invoice (`credit.py`), with a number (`numbering.py`).
The PDF is made from the row alone (`files.py`, `typesetting.py`, `e_invoice/`).
"""
