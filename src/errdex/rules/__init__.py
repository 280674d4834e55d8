"""What is read at run time: compiled rules, the normal form of texts, tokens, and how a template's units run."""
