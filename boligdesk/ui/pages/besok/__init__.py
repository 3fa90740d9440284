"""Besøk: one visit, to be read."""
