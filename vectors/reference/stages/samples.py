"""Deterministic lists of numbers that include the awkward ones."""
def lists(rng, count, spread=1.0):
    out = [[0.1], [0.1, 0.3], [0.2, 0.2], [0.0, 0.0, 0.0, 100.0], [-0.5] * 5, [0.1, 0.2, 0.3]]
    while len(out) < count:
        n = rng.choice([1, 2, 3, 5, 8, 13, 32])
        out.append([round(rng.gauss(0, spread), 6) for _ in range(n)])
    return out
