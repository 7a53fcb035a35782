"""Products, categories and their pictures: in the shop, in the backoffice, and their stock."""
