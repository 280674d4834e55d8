"""The catalog as data for other engines: rows, and the forms in which they are written."""
