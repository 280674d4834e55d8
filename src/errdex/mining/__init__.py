"""Finds the errors in logs that no entry covers, and writes them as entries to complete."""
