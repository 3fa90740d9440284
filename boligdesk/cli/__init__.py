"""The same verbs as the window, for IT staff and scripts."""
