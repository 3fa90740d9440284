"""Nouns and rules of the subject. Standard library and ``holidays`` only; no I/O but shipped rule data."""
