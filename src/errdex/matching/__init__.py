"""Which templates a text may be (the word index), and whether it is one (the unit matcher)."""
