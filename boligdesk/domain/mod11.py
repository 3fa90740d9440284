"""Check digits: weighted sums modulo 11, and modulo 10 (Luhn). Input is ASCII digits only."""

from __future__ import annotations

from collections.abc import Sequence

FIRST_PERSON_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_PERSON_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
ACCOUNT_WEIGHTS = SECOND_PERSON_WEIGHTS
ORGANISATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    """Sum of digit times weight over as many digits as there are weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def control_digit(digits: str, weights: Sequence[int]) -> int:
    """The digit that makes the sum divisible by 11. 10 means that no digit does: the number is not used."""
    return -weighted_sum(digits, weights) % 11


def kid_control(digits: str) -> str:
    """Mod 11 control character of a KID: weights 2–7 repeating from the right, 10 is written ``-``."""
    weights = [2 + place % 6 for place in range(len(digits))]
    control = control_digit(digits[::-1], weights)
    return "-" if control == 10 else str(control)


def luhn_digit(digits: str) -> str:
    """Mod 10 control digit (Luhn) for the digits before it."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
