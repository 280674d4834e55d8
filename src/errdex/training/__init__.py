"""Trains the wording model from the catalog and from texts seen in public; needs `pip install 'errdex[train]'`."""
