"""Charts: which numbers are drawn, and the picture of them."""
