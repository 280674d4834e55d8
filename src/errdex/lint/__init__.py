"""Checks of a catalog: every finding with its location, all in one run."""
