"""The page of an order for whoever has its link: a guest, who cannot sign in."""
