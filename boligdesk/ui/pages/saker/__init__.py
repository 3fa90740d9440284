"""Saker: every case of the office, by saved views and filters."""
