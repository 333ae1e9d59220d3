"""SPEC VT-3: agreed truth of numbers, labels and events, in whole numbers and fractions without rounding."""
from fractions import Fraction
from .numbers import mpf

STAGE, SOURCE = 'agreedTruth', 'SPEC VT-3'


def solve(i):
    """The truth and each reputer's closeness in the order of the reports; None = contested."""
    reports = [(r['stake'], Fraction(r['value'])) for r in i['reports']]
    stake = sum(s for s, _ in reports)
    if len(reports) < i['minReputers'] or stake < i['minStake'] or not reports:
        return None
    held = {}
    for s, v in reports:
        held[v] = held.get(v, 0) + s
    if i['kind'] != 'number':
        for v, s in held.items():
            if 2 * s > stake:
                return {'truth': mpf(float(v)), 'closeness': [1 if x == v else 0 for _, x in reports]}
        return None
    weights = [(v, min(Fraction(s), Fraction(stake, 3))) for s, v in reports]
    half, reached = sum(w for _, w in weights) / 2, Fraction(0)
    for v, w in sorted(weights):
        reached += w
        if reached >= half:
            truth = v
            break
    tolerance = Fraction(i['tolerance'])
    if 2 * sum(s for s, v in reports if abs(v - truth) <= tolerance) <= stake:
        return None
    closeness = [max(Fraction(0), 1 - abs(v - truth) / tolerance) for _, v in reports]
    return {'truth': mpf(float(truth)), 'closeness': [mpf(c.numerator) / c.denominator for c in closeness]}


def reports_of(rng, index, kind):
    count = [1, 2, 3, 3, 4, 5, 7, 12][index % 8]
    stakes = [[10] * count, [rng.randrange(1, 1000) for _ in range(count)],
              [10 ** 6] + [rng.randrange(1, 1000) for _ in range(count - 1)],
              [3, 3, 6, 1, 1, 2, 2, 6, 6, 3, 3, 12][:count]][index % 4]
    if kind == 'number':
        value = [lambda: rng.randrange(8, 12), lambda: round(rng.gauss(10, 0.4), 4), lambda: rng.choice([9.75, 10, 10.25]),
                 lambda: rng.choice([9.9, 10.1, 1e6, -1e6])][rng.randrange(4)]
    else:
        top = 1 if kind == 'event' else 3
        usual = rng.randrange(top + 1)

        def value():
            return usual if rng.random() < 0.6 else rng.randrange(top + 1)
    return [{'reputer': f'R{n:02}', 'stake': stakes[n], 'value': value()} for n in range(count)]


def cases(rng):
    fixed = [
        # Half of the weight is reached exactly by the lower of two.
        ([(10, 1), (10, 2)], 1.0, 1, 0), ([(10, 2), (10, 1)], 0.5, 1, 0),
        # A majority of the stake decides over a capped weight, and the edge of the tolerance counts.
        ([(100, 5), (10, 6), (10, 6.5)], 0.25, 3, 0), ([(10, 1), (10, 1.25), (10, 1.5)], 0.25, 3, 0),
        ([(10, 1), (10, 1.25), (10, 1.5)], 0.125, 3, 0),
        # Too few reputers, too little stake, exactly enough of both, exactly half of the stake.
        ([(10, 1), (10, 1)], 1.0, 3, 0), ([(10, 1), (10, 1), (10, 1)], 1.0, 3, 31), ([(10, 1), (10, 1), (10, 1)], 1.0, 3, 30),
        ([(10, 1), (10, 1), (10, 5), (10, 9)], 1.0, 3, 0), ([(10, -1), (10, -1), (19, 5)], 1.0, 3, 0), ([], 1.0, 1, 0),
    ]
    for rows, tolerance, reputers, stake in fixed:
        i = {'kind': 'number', 'tolerance': tolerance, 'minReputers': reputers, 'minStake': stake,
             'reports': [{'reputer': f'R{n:02}', 'stake': s, 'value': v} for n, (s, v) in enumerate(rows)]}
        yield i, solve(i)
    for index in range(90):
        kind = ['number', 'labels', 'event'][index % 3]
        i = {'kind': kind, 'tolerance': rng.choice([0.25, 0.5, 1.0]), 'minReputers': rng.choice([1, 3]),
             'minStake': rng.choice([0, 0, 30]), 'reports': reports_of(rng, index // 3, kind)}
        yield i, solve(i)
