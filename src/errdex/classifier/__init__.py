"""The facade: raw error → answer."""
