"""Short ways to the answer that the full way gives."""
