"""Unified social credit codes (GB 32100-2015): 18 characters, the last a check character."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_credit_code(code: str) -> bool:
    """Whether a code has 18 characters of the standard's alphabet and the check character that they give.

    Source: GB 32100-2015, 4.2 and annex A: the i-th character weighs 3 to the power of i modulo 31; the weighted sum
    and the check character add up to a multiple of 31.
    """
    if len(code) != 18 or not set(code) <= set(_ALPHABET):
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
