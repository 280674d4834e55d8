"""Errors where programs log: the filter of log streams, and the integrations of logging libraries."""
