"""YAML → the compiled catalog, and what authors ask of it: lint, examples, JSON Schema."""
