"""The page Personer: everybody with a file."""
