"""Products from a CSV file: our own exports, and those of other shop systems."""
