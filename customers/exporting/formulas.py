"""Cells that a spreadsheet would run as a formula: defused on the way out, as they were on the way in.

A quote in front makes them text (OWASP: CSV injection). A cell that begins with quotes before such a sign gets
one too, so that taking one away always gives back what there was.
"""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defuse(cell: str) -> str:
    """The cell as it is written to a file: `=1+1` becomes `'=1+1`."""
    return f"'{cell}" if cell.lstrip("'").startswith(DANGEROUS) else cell


def undo_defusing(cell: str) -> str:
    """The cell as it was before `defuse`; `'t Hart` stays as it is."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(DANGEROUS) else cell
