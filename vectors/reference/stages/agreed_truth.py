"""SPEC VT-3, number topics; exact integers and fractions. null = contested."""
from fractions import Fraction
STAGE, SOURCE = 'agreedTruth', 'SPEC VT-3'

def cases(rng):
    for i in range(60):
        n = [1, 2, 3, 5, 12][i % 5]
        reports = [{'reputer': f'allo1r{k:02}', 'value': round(10 + rng.gauss(0, 0.3 if i % 3 else 3), 2),
                    'stake': rng.choice([1000, 5000, 90000]) + rng.randint(0, 50)} for k in range(n)]
        inp = {'tolerance': 0.505, 'minReputers': rng.choice([1, 3]), 'minStake': rng.choice([1, 20000]), 'reports': reports}
        yield inp, agreed(inp)

def agreed(inp):
    reports = sorted(inp['reports'], key=lambda r: r['value'])
    total = sum(r['stake'] for r in reports)
    weights = [min(Fraction(r['stake']), Fraction(total, 3)) for r in reports]
    reached = Fraction(0)
    for r, w in zip(reports, weights):
        reached += w
        if reached >= sum(weights) / 2:
            truth = r['value']
            break
    near = sum(r['stake'] for r in reports if abs(Fraction(r['value']) - Fraction(truth)) <= Fraction(inp['tolerance']))
    ok = len(reports) >= inp['minReputers'] and total >= inp['minStake'] and 2 * near > total
    return truth if ok else None
