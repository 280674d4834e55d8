"""Short ways: they find the same answers as the full way, but faster."""
