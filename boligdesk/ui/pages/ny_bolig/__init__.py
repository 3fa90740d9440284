"""Ny bolig: register a dwelling, or correct what is known about one."""
