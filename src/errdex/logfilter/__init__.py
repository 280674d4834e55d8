"""The log filter: a log in, the same log with notes out."""
