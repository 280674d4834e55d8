"""Bytes of a log in, the same bytes with notes out."""
