"""Choose which letter to write."""
