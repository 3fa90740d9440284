"""One module per aggregate: save with version check, log and search tokens in the same transaction."""
