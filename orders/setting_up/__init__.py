"""The guide that leads a new shop to its first order, and the page that shoppers see until it opens."""
