"""What a raw error shows: messages, statuses, codes, fields, exception classes, providers, headers."""
