"""Turns evidence into candidates in a total order, and the best candidate into the answer."""
