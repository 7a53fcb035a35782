"""Orders as a CSV file."""
