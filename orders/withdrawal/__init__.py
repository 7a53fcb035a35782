"""A consumer's right to withdraw within 14 days: notices of shoppers (`notices.py`), and what the shop accepts."""
