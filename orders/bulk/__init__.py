"""One action on many orders at once: chosen in the list, confirmed, and carried out by the worker.

Begin with `selection.py` (which orders, and why some are left alone), then `run.py`.
"""
