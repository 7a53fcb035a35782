"""The XML of documents by EN 16931, in two spellings: CII (`cii.py`) and UBL (`ubl.py`), of one `description.py`."""
