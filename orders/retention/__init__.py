"""What `manage.py purge` does: delete documents past their retention, anonymise their orders, erase guests."""
