"""Which templates a text holds, and the params of their holes."""
