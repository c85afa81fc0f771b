"""Names: recognised token by token, settled once over the whole article."""
