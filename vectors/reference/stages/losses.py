"""SPEC VT-4: what an answer costs against the truth, and the scale of regrets."""
from mpmath import log, log10, cosh
from .numbers import exact, mpf

STAGE, SOURCE = 'losses', 'SPEC VT-4'
NUMBERS = ['squared', 'absolute', 'huber', 'logcosh', 'quantile', 'relative-squared', 'qlike']
LEVELS = [0.1, 0.5, 0.9]


def pinball(value, truth, level):
    return level * (truth - value) if truth >= value else (1 - level) * (value - truth)


def number_loss(loss, v, t, k):
    d = v - t
    if loss == 'squared':
        return d * d
    if loss == 'absolute':
        return abs(d)
    if loss == 'huber':
        return d * d / 2 if abs(d) <= k else k * (abs(d) - k / 2)
    if loss == 'logcosh':
        return log(cosh(d))
    if loss == 'quantile':
        return pinball(v, t, k)
    if loss == 'relative-squared':
        return (d / t) ** 2
    r = (t / v) ** 2
    return r - log(r) - 1


def loss_of(i, values, truth):
    """Raw loss of a vector of answers, `truth` a number, the outcome 0 or 1, or the label's place."""
    v, loss = exact(values), i['loss']
    if loss in NUMBERS:
        return number_loss(loss, v[0], mpf(truth), mpf(i.get('lossParameter', 0)))
    if loss in ('pinball', 'crps'):
        mean = sum(pinball(x, mpf(truth), mpf(level)) for x, level in zip(v, i['levels'])) / len(v)
        return mean if loss == 'pinball' else 2 * mean
    if loss == 'log-loss':
        return -log(v[0] if truth == 1 else 1 - v[0])
    if loss == 'cross-entropy':
        return -log(v[truth])
    if len(v) == 1:
        return (v[0] - truth) ** 2
    return sum((x - (1 if n == truth else 0)) ** 2 for n, x in enumerate(v))
