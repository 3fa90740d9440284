"""The file of one case: identity bar, tabs, timeline."""
