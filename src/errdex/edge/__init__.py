"""Streams at the edge: what daemons for logs run or load, a message at a time."""
