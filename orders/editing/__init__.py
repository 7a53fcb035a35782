"""Changing an order before anything of it is shipped or invoiced.

`edited.py` works out what is wanted beside what there is, priced by `repricing.py`: the review shows it, and `edit.py`
writes it. `meanwhile.py` is about what somebody else changed, `ownership.py` about whose order it is.
"""
