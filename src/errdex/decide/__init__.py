"""Evidence → candidates in one total order → the answer."""
