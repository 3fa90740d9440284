"""From a started program to an open store: first run, unlocking, who am I."""
