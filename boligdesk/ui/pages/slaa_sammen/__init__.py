"""Slå sammen to mapper."""
