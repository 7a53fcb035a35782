#!/usr/bin/env python
"""The command line of a clone: `manage.py …`; where the product is installed, `shopadmin …` is the same."""

from shopadmin.__main__ import main

if __name__ == "__main__":
    main()
