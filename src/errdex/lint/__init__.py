"""What is wrong with a catalog: every finding with its place, all of them in one run."""
