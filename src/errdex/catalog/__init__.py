"""The catalog: YAML → models → the compiled form that is read at run time."""
