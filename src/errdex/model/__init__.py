"""Types that every stage shares: categories, the answer, exceptions."""
