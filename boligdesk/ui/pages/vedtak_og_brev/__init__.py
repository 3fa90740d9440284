"""The list of letters: drafts, those to be approved, those to be printed, and those that are sent."""
