"""One letter: written, checked, approved, and as it was sent."""
