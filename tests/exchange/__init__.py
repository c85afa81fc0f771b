"""Formats for other tools, written and read back."""
