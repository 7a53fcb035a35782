"""Notes and tags that staff put on orders."""
