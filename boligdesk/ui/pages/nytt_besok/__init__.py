"""Nytt besøk: write down a visit or contact, or correct one."""
