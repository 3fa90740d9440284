"""Nouns and rules of the subject. Standard library only; no I/O but shipped rule data."""
