"""Find anything, and do anything, from the keyboard (Ctrl+K)."""
