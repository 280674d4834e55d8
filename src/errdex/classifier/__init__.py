"""Raw error → answer: the catalog as a facade, the functions of the package, and the engines behind them."""
