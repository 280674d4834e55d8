"""The APIs that the wall answers for: which call a request is, and what a plain answer to it looks like."""
