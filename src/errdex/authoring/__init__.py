"""YAML → the compiled catalog, and the JSON Schema for its authors."""
