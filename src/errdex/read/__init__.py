"""Turns raw errors into evidence."""
