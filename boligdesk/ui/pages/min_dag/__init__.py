"""Min dag: what must be done, by when, and the one next step."""
