"""The words that every stage shares: categories, the answer, errors."""
