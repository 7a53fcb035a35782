"""Packing slips and picking lists."""
