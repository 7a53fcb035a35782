"""VAT: which law a line falls under (`treatment.py`), at which rate (`rates.py`); checked VAT numbers (`checks.py`).

`sale.py` and `territories.py` say what kind of sale an order is; `correction.py` takes VAT off afterwards.
"""
