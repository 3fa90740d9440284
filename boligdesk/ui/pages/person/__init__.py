"""The page of one person, with its forms."""
