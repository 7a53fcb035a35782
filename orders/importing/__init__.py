"""Past orders from a CSV file, so that customers bring their history with them."""
