"""Finds the templates that match a text, and the params in their holes."""
