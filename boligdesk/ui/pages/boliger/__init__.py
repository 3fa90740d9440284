"""Boliger: the housing register as a list, and its buildings."""
