"""`errdex.arrow`, and the engines that it works in; what is not installed is skipped."""
