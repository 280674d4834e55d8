"""Raw error → evidence."""
