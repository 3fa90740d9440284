"""Frozen dataclasses that cross borders: ``...Row`` of a list, ``...Detail`` of a page, ``...Draft`` to save.

Dates are days in Norwegian law's calendar, instants are aware UTC datetimes, money is integer øre,
areas are tenths of m²; ``bool | None`` is yes / no / unknown.
"""
