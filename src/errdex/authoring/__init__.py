"""For authors of catalogs: check them, compile them, describe their shape."""
