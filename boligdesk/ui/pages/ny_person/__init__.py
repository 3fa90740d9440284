"""The page Ny person: search first, then register."""
