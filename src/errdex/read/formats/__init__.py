"""Readers of objects and tracebacks, as languages and libraries write them."""
