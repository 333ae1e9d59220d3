"""SPEC math 11.6: coins of fractions, exact: truncated, never more than what is left, and the rest."""
from fractions import Fraction

STAGE, SOURCE = 'splitCoins', 'SPEC math 11.6'


def split_exactly(total, fractions):
    left, amounts = total, []
    for f in fractions:
        share = f * total
        amount = min(share.numerator // share.denominator, left)
        amounts.append(amount)
        left -= amount
    return amounts, left


def cases(rng):
    for index in range(60):
        n = [1, 2, 3, 7, 32, 0][index % 6]
        raw = [rng.choice([1, 1, rng.random(), 0]) if index % 2 else rng.random() for _ in range(n)]
        sums = sum(raw) or 1
        fractions = [r / sums * (1.5 if index % 10 == 9 else 1) for r in raw]
        if index % 7 == 6:
            fractions = [1 / n] * n if n else []
        if index % 11 == 10:
            fractions = [f * 1e-17 for f in fractions]
        total = rng.choice([0, 1, 10, 10 ** 9 + 7, 10 ** 18, 123456789012345678901234567])
        amounts, rest = split_exactly(total, [Fraction(f) for f in fractions])
        yield {'total': str(total), 'fractions': fractions}, {'amounts': [str(a) for a in amounts], 'rest': str(rest)}
