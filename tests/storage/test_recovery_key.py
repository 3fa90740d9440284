from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boligdesk.services.errors import InvalidInput
from boligdesk.storage.recovery_key import check_recovery_key, new_recovery_key


def test_that_new_keys_are_right_and_different():
    made = {new_recovery_key() for _ in range(20)}
    assert len(made) == 20
    for key in made:
        assert check_recovery_key(key) == key
        assert [len(group) for group in key.split("-")] == [5] * 7


def test_that_small_letters_spaces_and_lookalikes_are_accepted():
    key = new_recovery_key()
    sloppy = key.lower().replace("0", "o").replace("1", "l").replace("-", "  \n")
    assert check_recovery_key(sloppy) == key


@given(st.integers(0, 34), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_that_one_wrong_letter_is_found(place, letter):
    plain = new_recovery_key().replace("-", "")
    wrong = plain[:place] + letter + plain[place + 1 :]
    if wrong != plain:
        with pytest.raises(InvalidInput, match="Kontrollgruppen"):
            check_recovery_key(wrong)


@given(st.integers(0, 33))
def test_that_two_letters_that_changed_places_are_found(place):
    plain = new_recovery_key().replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if swapped != plain:
        with pytest.raises(InvalidInput):
            check_recovery_key(swapped)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "35 tegn, men dette er 0"),
        ("ABCDE", "35 tegn, men dette er 5"),
        ("ØØØØØ", "aldri brukes"),
        ("U" * 35, "aldri"),
    ],
)
def test_that_the_message_says_what_is_wrong_and_not_what_was_typed(text, says):
    with pytest.raises(InvalidInput, match=says) as caught:
        check_recovery_key(text)
    assert text == "" or text not in str(caught.value)
