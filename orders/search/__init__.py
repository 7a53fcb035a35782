"""How orders are found: their search text and other derived fields (`texts.py`), and search everywhere."""
