"""SPEC VT-4: the loss of every value of an epoch's record, raw and on the scale of regrets."""
from . import network_values
from .losses import LEVELS, loss_of, on_regret_scale

STAGE, SOURCE = 'networkLosses', 'SPEC VT-4 over math 3.1'
LISTS = ['inferers', 'forecasters', 'oneOutInferers', 'oneOutForecasters', 'oneInForecasters', 'oneOutInfererForecasters']



def of_every_value(network, lost):
    def one(entry):
        return {**{k: v for k, v in entry.items() if k != 'values'}, 'loss': lost(entry['values'])}
    return {'combined': lost(network['combined']), 'naive': lost(network['naive']),
            **{name: [one(e) for e in network[name]] for name in LISTS}}


def raw_losses(policy, network, truth):
    return of_every_value(network, lambda values: loss_of(policy, values, truth))


def log_losses(policy, raw):
    """The same shape on the scale of regrets."""
    def log(loss):
        return on_regret_scale(policy['loss'], loss)
    return {name: [{**e, 'loss': log(e['loss'])} for e in entry] if isinstance(entry, list) else log(entry)
            for name, entry in raw.items()}


def policies():
    for loss in ['squared', 'absolute', 'logcosh', 'relative-squared', 'qlike', 'log-loss', 'brier']:
        yield {'loss': loss, 'labels': [], 'levels': []}
    yield {'loss': 'huber', 'lossParameter': 0.5, 'labels': [], 'levels': []}
    yield {'loss': 'quantile', 'lossParameter': 0.9, 'labels': [], 'levels': []}
    for loss in ['brier', 'cross-entropy']:
        yield {'loss': loss, 'labels': ['down', 'flat', 'up'], 'levels': []}
    for loss in ['crps', 'pinball']:
        yield {'loss': loss, 'labels': [], 'levels': LEVELS}


def one_case(rng, index, policy):
    values = network_values.one_case(rng, index)
    width = len(policy['labels']) or len(policy['levels']) or 1
    chance = not policy['labels'] and policy['loss'] in ('brier', 'log-loss')
    for e in values['inferences']:
        if policy['labels']:
            a = [rng.randint(1, 90) for _ in range(width)]
            e['values'] = [x / sum(a) for x in a]
        elif chance:
            e['values'] = [rng.choice([0, 1, 0.5, round(rng.random(), 4)])]
        elif index % 10 == 7:
            e['values'] = [5] * width
        else:
            e['values'] = sorted(round(rng.uniform(0.5, 9), 5) for _ in range(width))
    truth = rng.randrange(width) if policy['labels'] else index % 2 if chance else rng.choice([5, round(rng.uniform(0.5, 9), 5)])
    network = network_values.solve(values)
    return {'policy': policy, 'truth': truth, 'network': rounded(network)}


def rounded(network):
    """Values as doubles, so that the stage begins with exact numbers."""
    def doubles(v):
        return [float(x) for x in v]
    return {name: [{**e, 'values': doubles(e['values'])} for e in network[name]] if name in LISTS else doubles(network[name])
            for name in ['combined', 'naive', *LISTS]}


def cases(rng):
    for index, policy in enumerate(list(policies()) * 5):
        i = one_case(rng, index, policy)
        raw = raw_losses(i['policy'], i['network'], i['truth'])
        yield i, {'raw': raw, 'log': log_losses(policy, raw)}
