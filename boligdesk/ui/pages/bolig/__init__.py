"""Bolig: one dwelling with everything known about it. Never who lives there."""
