"""Tildeling: vacancies on their way to a tenant, and the waiting list (ui.md 5)."""
