"""SPEC VT-1 and VT-4: which vectors of values a topic takes.

Chosen where the rules leave it open: both ends of the domain are legal, probabilities of labels sum to 1 within 1e-6.
"""
from .numbers import exact, mpf

STAGE, SOURCE = 'domains', 'SPEC VT-1, VT-4'
LEVELS = [0.1, 0.5, 0.9]


def legal(i):
    v, loss = exact(i['values']), i['loss']
    labels, quantiles = len(i['labels']), loss in ('crps', 'pinball')
    if len(v) != (labels or (len(i['levels']) if quantiles else 1)):
        return False
    low, high = (0, 1) if labels or loss in ('log-loss', 'brier') else i['domain']
    if not all(low <= x <= high for x in v):
        return False
    if labels and abs(sum(v) - 1) > mpf('1e-6'):
        return False
    if loss == 'qlike' and not all(x > 0 for x in v):
        return False
    return not quantiles or v == sorted(v)


def topic(loss, labels=(), levels=(), domain=(-10, 10)):
    return {'loss': loss, 'labels': list(labels), 'levels': list(levels), 'domain': list(domain)}


def cases(rng):
    made = []
    for loss in ['squared', 'absolute', 'huber', 'logcosh', 'quantile', 'relative-squared']:
        made += [(topic(loss), v) for v in ([-10], [10], [10.000000000000002], [-10.5], [0], [], [1, 2])]
    made += [(topic('qlike', domain=(0, 5)), v) for v in ([0], [5], [1e-300], [5.1], [1, 1])]
    for loss in ['log-loss', 'brier']:
        made += [(topic(loss, domain=(0, 1)), v) for v in ([0], [1], [0.5], [-1e-9], [1.0000001], [0.5, 0.5])]
    for loss in ['cross-entropy', 'brier']:
        made += [(topic(loss, 'abc', domain=(0, 1)), v) for v in (
            [1, 0, 0], [0.25, 0.25, 0.5], [0.1, 0.2, 0.7], [0.25, 0.25, 0.5000009], [0.25, 0.25, 0.500002], [0.25, 0.25, 0.4999991],
            [0.25, 0.25, 0.499998], [1.5, -0.5, 0], [0.5, 0.5], [1], [0, 0, 0], [1e-12, 0, 1])]
    for loss in ['crps', 'pinball']:
        made += [(topic(loss, levels=LEVELS), v) for v in (
            [1, 2, 3], [1, 1, 1], [1, 3, 2], [-10, 0, 10], [-11, 0, 10], [0, 1, 10.5], [1, 2], [3, 2, 1], [-1, -1, 0])]
    for policy, values in made:
        i = {**policy, 'values': values}
        yield i, legal(i)
