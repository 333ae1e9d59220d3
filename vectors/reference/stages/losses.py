"""SPEC VT-4"""
from mpmath import log, cosh
from .numbers import mpf
STAGE, SOURCE = 'losses', 'SPEC VT-4'
LEVELS = [0.1, 0.5, 0.9]
NUMBERS = ['squared', 'absolute', 'huber', 'logcosh', 'quantile', 'relative-squared', 'qlike']

def pinball(v, t, tau):
    return tau * (t - v) if t >= v else (1 - tau) * (v - t)

def number_loss(loss, v, t, k):
    d = v - t
    if loss == 'squared': return d * d
    if loss == 'absolute': return abs(d)
    if loss == 'huber': return d * d / 2 if abs(d) <= k else k * (abs(d) - k / 2)
    if loss == 'logcosh': return log(cosh(d))
    if loss == 'quantile': return pinball(v, t, k)
    if loss == 'relative-squared': return (d / t) ** 2
    r = (t / v) ** 2
    return r - log(r) - 1

def cases(rng):
    for loss in NUMBERS:
        for i in range(10):
            v, t = round(rng.uniform(0.5, 4), 4), round(rng.uniform(0.5, 4), 4)
            if i == 0: t = v
            k = {'huber': 0.8, 'quantile': 0.3}.get(loss)
            inp = {'loss': loss, 'values': [v], 'truth': t, 'levels': []}
            if k is not None: inp['lossParameter'] = k
            yield inp, number_loss(loss, mpf(v), mpf(t), mpf(k or 0))
    for i in range(10):
        p, y = round(rng.uniform(0.02, 0.98), 4), i % 2
        inp = {'values': [p], 'truth': y, 'levels': []}
        yield {'loss': 'log-loss', **inp}, -log(mpf(p) if y else 1 - mpf(p))
        yield {'loss': 'brier', **inp}, (mpf(p) - y) ** 2
        a = [rng.randint(1, 90) for _ in range(4)]
        q = [x / sum(a) for x in a]
        inp = {'values': q, 'truth': i % 4, 'levels': []}
        yield {'loss': 'cross-entropy', **inp}, -log(mpf(q[i % 4]))
        v = sorted(round(rng.uniform(-3, 3), 4) for _ in LEVELS)
        t = round(rng.uniform(-4, 4), 4)
        mean = sum(pinball(mpf(x), mpf(t), mpf(l)) for x, l in zip(v, LEVELS)) / 3
        inp = {'values': v, 'truth': t, 'levels': LEVELS}
        yield {'loss': 'pinball', **inp}, mean
        yield {'loss': 'crps', **inp}, 2 * mean
