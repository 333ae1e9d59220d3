"""SPEC math 11.5; the entropies are positive except the forecasters' where it is 0."""
from .numbers import exact, mpf
STAGE, SOURCE = 'classSplit', 'SPEC math 11.5'

def cases(rng):
    for i in range(60):
        e = [round(rng.uniform(0.1, 3), 4) for _ in range(3)]
        if i % 6 == 0: e[1] = 0
        t, prev = round(rng.gauss(0, 0.5), 4), round(rng.uniform(-1, 1.5), 4)
        s = [round(rng.gauss(0, 0.5), 4) for _ in range(rng.choice([1, 2, 6]))]
        if i % 5 == 0: s = [-abs(v) for v in s]
        if i % 10 == 0: t = 0
        yield {'entropies': dict(zip(['inferers', 'forecasters', 'reputers'], e)), 'taskScore': t,
               'infererScores': s, 'previousRatio': prev, 'alpha': 0.1}, split(exact(e), mpf(t), exact(s), mpf(prev))

def split(e, t, s, prev, alpha=mpf(0.1)):
    f, g, h = e
    best = max([mpf(0)] + s)
    a = mpf(alpha)
    if best == 0 and t == 0:
        tau, chi = mpf(0), mpf('0.5')
    else:
        tau = a * t / (best if best != 0 else abs(t)) + (1 - a) * prev
        chi = mpf('0.1') if tau < 0 else mpf('0.5') if tau >= 1 else mpf('0.4') * tau + mpf('0.1')
    gamma = (f + g) / ((1 - chi) * f + chi * g)
    n = f + g + h
    return {'inferers': (1 - chi) * gamma * f / n, 'forecasters': chi * gamma * g / n, 'reputers': h / n, 'ratio': tau}
