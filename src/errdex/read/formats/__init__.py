"""Objects and tracebacks as languages and libraries write them."""
