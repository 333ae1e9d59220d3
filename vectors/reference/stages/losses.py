"""SPEC VT-4: what an answer costs against the truth, and the scale of regrets.

The rule leaves the floors open. Chosen: a probability, the denominator of relative-squared and both numbers of qlike
are at least 1e-9 in size; before its logarithm 3 is added to a loss that is a pure number, 1e-12 to others (ADR-010).
"""
from mpmath import cosh, log, log10
from .numbers import exact, mpf

STAGE, SOURCE = 'losses', 'SPEC VT-4'
NUMBERS = ['squared', 'absolute', 'huber', 'logcosh', 'quantile', 'relative-squared', 'qlike']
LEVELS = [0.1, 0.5, 0.9]
PURE = ['relative-squared', 'qlike', 'log-loss', 'brier', 'cross-entropy']
SMALLEST = mpf(1e-9)


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
        return (d / max(abs(t), SMALLEST)) ** 2
    r = (max(abs(t), SMALLEST) / max(abs(v), SMALLEST)) ** 2
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
        return -log(max(v[0] if truth == 1 else 1 - v[0], SMALLEST))
    if loss == 'cross-entropy':
        return -log(max(v[truth], SMALLEST))
    if len(v) == 1:
        return (v[0] - truth) ** 2
    return sum((x - (1 if n == truth else 0)) ** 2 for n, x in enumerate(v))


def on_regret_scale(method, loss):
    return log10(loss + (3 if method in PURE else mpf(1e-12)))


def number_cases(rng, loss):
    """Awkward truths and values first: equal, zero, negative, far away, tiny, on huber's bend."""
    positive = loss == 'qlike'
    fixed = [(2.5, 2.5), (1, 0), (1.5, -1.5), (-2, -3), (1e6, 1), (1e-6, 1e-6), (1e-10, 2), (0.25, 1e-10), (1.75, 1), (300, 0),
             (1, 1.0000001)]
    for index in range(30):
        v, t = fixed[index] if index < len(fixed) else (round(rng.uniform(-4, 4), 4), round(rng.uniform(-4, 4), 4))
        k = {'huber': [0.75, 0.8, 10][index % 3], 'quantile': [0.3, 0.5, 0.95][index % 3]}.get(loss)
        i = {'loss': loss, 'values': [abs(v) if positive else v], 'truth': t, 'levels': []}
        yield i if k is None else {**i, 'lossParameter': k}


def probability_cases(rng, loss):
    fixed = [(0, 0), (0, 1), (1, 0), (1, 1), (1e-10, 1), (0.5, 1), (1e-9, 1), (0.9999999999, 0)]
    for index in range(24):
        p, y = fixed[index] if index < len(fixed) else (round(rng.uniform(0.02, 0.98), 4), index % 2)
        yield {'loss': loss, 'values': [p], 'truth': y, 'levels': []}


def label_cases(rng, loss):
    fixed = [([1, 0], 0), ([1, 0], 1), ([0.25] * 4, 3), ([0.5, 0.5, 0], 2), ([1e-10, 1 - 1e-10], 0)]
    for index in range(24):
        a = [rng.randint(1, 90) for _ in range([2, 3, 5, 12][index % 4])]
        q, y = fixed[index] if index < len(fixed) else ([x / sum(a) for x in a], rng.randrange(len(a)))
        yield {'loss': loss, 'values': q, 'truth': y, 'levels': []}


def quantile_cases(rng, loss):
    for index in range(24):
        levels = [LEVELS, [0.5], [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]][index % 3]
        v = sorted(round(rng.uniform(-3, 3), 4) for _ in levels)
        t = [0, v[0], -3.5, round(rng.uniform(-4, 4), 4)][index % 4]
        yield {'loss': loss, 'values': [1.5] * len(v) if index % 8 == 5 else v, 'truth': t, 'levels': levels}


def cases(rng):
    made = [i for loss in NUMBERS for i in number_cases(rng, loss)]
    for loss, kind in [('log-loss', probability_cases), ('brier', probability_cases), ('brier', label_cases),
                       ('cross-entropy', label_cases), ('pinball', quantile_cases), ('crps', quantile_cases)]:
        made += kind(rng, loss)
    for i in made:
        raw = loss_of(i, i['values'], i['truth'])
        yield i, {'raw': raw, 'log': on_regret_scale(i['loss'], raw)}
