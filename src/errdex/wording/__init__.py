"""The wording model: which kind of error a text describes that no entry lists."""
