"""Administrasjon: lists in, users, who gets what, copies, log."""
