"""Evidence other than messages: statuses, exception classes, providers, waits."""
