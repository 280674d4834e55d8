"""Turns raw errors into answers: the catalog facade, the package's functions, and the engines behind them."""
