"""Everything from the submissions of an epoch to its coins, ten epochs in a row: SPEC math 0.3 with VT-3 and VT-4.

Chosen where the rules leave it open: scores are differences of losses on the scale of regrets; a class's entropy counts
who takes part in the epoch, and 0 · ln 0 = 0; M of math 11.1 is a number of scores, the newest epoch's first. The
outlier-resistant variant (math 5) belongs to the moment of publication and is a stage of its own.
"""
import random
from mpmath import exp, floor, log
from . import agreed_truth, network_losses, network_values, regrets, reward_fractions, scores
from .class_split import split
from .numbers import ema, mpf, sample_sd

STAGE, SOURCE = 'settleEpochs', 'SPEC math 1-11, VT-3, VT-4'
EMPTY = {'initialRegret': 0, 'regretScale': 0, 'combinedLoss': None, 'inferers': {}, 'forecasters': {}, 'reputers': {},
         'infererScores': [], 'forecasterScores': [], 'forecasterScoreRatio': mpf(0), 'inferenceMadEma': mpf(0)}
PARAMS = {**regrets.PARAMS, 'maxSamplesToScaleScores': 10, 'maxTopInferers': 32, 'maxTopForecasters': 6,
          'pRewardInference': 3, 'pRewardForecast': 3, 'cRewardInference': 0.75, 'cRewardForecast': 0.75,
          'taskRewardAlpha': 0.1, 'betaEntropy': 0.25}


def worker_fractions(new, history, p, c, epsilon):
    sd = sample_sd(history)
    m = [mpf(1) if sd < epsilon else log(1 + exp(p * (t / (sd + epsilon) - c))) for t in new]
    return [v / sum(m) for v in m]


def entropy(smoothed, beta):
    if len(smoothed) == 1:
        return mpf('0.173286795139986')
    f = [v / sum(smoothed) for v in smoothed] if sum(smoothed) > 0 else []
    if not f:
        return mpf(0)
    return -sum(v * log(v) for v in f if v > 0) * (1 / sum(v * v for v in f) / len(f)) ** beta


def agree(policy, epoch):
    """The reports with labels as places, and their truth with the closeness of each; None = contested."""
    kind = 'labels' if policy['labels'] else 'event' if policy['loss'] in ('log-loss', 'brier') else 'number'

    def read(value):
        return policy['labels'].index(value) if kind == 'labels' else value
    reports = [{**r, 'value': read(r['value'])} for r in epoch['reputers']]
    agreed = agreed_truth.solve({'kind': kind, 'reports': reports, 'tolerance': policy['tolerance'],
                                 'minReputers': policy['minReputers'], 'minStake': policy['minStake']})
    return reports, agreed and {**agreed, 'truth': agreed['truth'] if kind == 'number' else int(agreed['truth'])}


def remember(new, stored, places, params):
    return (new + stored)[:params['maxSamplesToScaleScores'] * places]


def shares_of(worth, history, reports, num):
    """Fractions within each class, not smoothed."""
    eps = num['epsilon']
    return {'inferers': worker_fractions(worth['inferers'], history['inferers'], num['pRewardInference'],
                                         num['cRewardInference'], eps),
            'forecasters': worker_fractions(worth['forecasters'], history['forecasters'], num['pRewardForecast'],
                                            num['cRewardForecast'], eps),
            'reputers': reward_fractions.shares([mpf(r['stake']) for r in reports], worth['reputers'], 1)}


def payments(names, fractions, parts, reward):
    made = [{'address': n, 'role': role[:-1], 'amount': int(floor(u * parts[role] * reward))}
            for role in ('reputers', 'inferers', 'forecasters') for n, u in zip(names[role], fractions[role])]
    return [r for r in made if r['amount'] > 0]


def advance(state, updated, names, smoothed, rewards, nonce):
    """The members of each role after the epoch."""
    paid = {(r['role'], r['address']) for r in rewards}
    after = {}
    for role in names:
        members = dict(state[role])
        for n, kept in zip(names[role], smoothed[role]):
            members[n] = {**updated.get(role, {}).get(n, {}), 'rewardFraction': kept, 'lastNonce': nonce}
            if role == 'reputers':
                members[n]['listeningCoefficient'] = 1
            else:
                before = state[role].get(n, {}).get('inclusions', 0)
                members[n]['inclusions'] = before + (1 if (role[:-1], n) in paid else 0)
        after[role] = dict(sorted(members.items()))
    return after


def settle(prior, state, epoch, policy, params):
    """What becomes of an epoch, and the state after it."""
    num = {k: mpf(v) for k, v in params.items()}
    unsettled = {'truth': None, 'network': None, 'losses': None, 'scores': None, 'fractions': None, 'split': None,
                 'rewards': [], 'unpaid': str(epoch['reward']), 'state': None}
    submitted = {'inferences': epoch['inferences'], 'forecasts': epoch['forecasts']}
    network = network_values.solve({**submitted, 'state': prior, **params})
    if network is None:
        return {'status': 'void', **unsettled}, state
    reports, agreed = agree(policy, epoch)
    if agreed is None:
        return {'status': 'contested', **unsettled, 'network': network}, state
    raw = network_losses.raw_losses(policy, network, agreed['truth'])
    logs = network_losses.log_losses(policy, raw)
    updated = regrets.solve({'state': state, 'losses': logs, 'params': params})

    names = {role: [e['worker'] for e in logs[role]] for role in ('inferers', 'forecasters')}
    names['reputers'] = [r['address'] for r in reports]
    worth = {'inferers': scores.inferer_scores(logs), 'forecasters': scores.forecaster_scores(logs),
             'reputers': agreed['closeness']}
    history = {'inferers': remember(worth['inferers'], state['infererScores'], params['maxTopInferers'], params),
               'forecasters': remember(worth['forecasters'], state['forecasterScores'], params['maxTopForecasters'], params)}
    fractions = shares_of(worth, history, reports, num)
    smoothed = {role: [ema(num['taskRewardAlpha'], u, state[role].get(n, {}).get('rewardFraction'))
                       for n, u in zip(names[role], fractions[role])] for role in names}
    f, g, h = (entropy(smoothed[role], num['betaEntropy']) for role in ('inferers', 'forecasters', 'reputers'))
    if len(names['inferers']) < 2:
        g = mpf(0)
    parts = split([f, g, h], logs['naive'] - logs['combined'], worth['inferers'], state['forecasterScoreRatio'],
                  num['taskRewardAlpha'])
    rewards = payments(names, fractions, parts, epoch['reward'])

    after = {**state, 'initialRegret': updated['initialRegret'], 'regretScale': updated['regretScale'],
             'combinedLoss': logs['combined'], 'infererScores': history['inferers'],
             'forecasterScores': history['forecasters'], 'forecasterScoreRatio': parts['ratio'],
             **advance(state, updated, names, smoothed, rewards, epoch['nonce'])}

    def told(numbers):
        return {role: [{'worker': n, 'value': v} for n, v in zip(names[role], numbers[role])] for role in names}
    return {'status': 'settled', 'truth': mpf(agreed['truth']), 'network': network, 'losses': {'raw': raw, 'log': logs},
            'scores': told(worth), 'fractions': told(fractions), 'split': {role: parts[role] for role in names},
            'rewards': [{**r, 'amount': str(r['amount'])} for r in rewards],
            'unpaid': str(epoch['reward'] - sum(r['amount'] for r in rewards)), 'state': after}, after


INFERERS, FORECASTERS, REPUTERS = [f'I{n}' for n in range(5)], ['K0', 'K1'], [f'R{n}' for n in range(3)]
POLICY = {'loss': 'squared', 'domain': [-1000, 1000], 'labels': [], 'levels': [], 'tolerance': 1, 'minReputers': 2,
          'minStake': 10}
CHAINS = {
    'numbers': {},
    'absences': {'policy': {'loss': 'absolute'}, 'away': 0.35},
    'labels': {'policy': {'loss': 'cross-entropy', 'domain': [0, 1], 'labels': ['down', 'flat', 'up']}},
    'label scores': {'policy': {'loss': 'brier', 'domain': [0, 1], 'labels': ['down', 'flat', 'up']}, 'away': 0.2},
    'events': {'policy': {'loss': 'log-loss', 'domain': [0, 1]}, 'away': 0.1},
    'quantiles': {'policy': {'loss': 'crps', 'levels': [0.1, 0.5, 0.9]}},
    'contested and void': {'policy': {'loss': 'huber', 'lossParameter': 0.5, 'minReputers': 3}, 'away': 0.2, 'wrong': 0.2,
                           'empty': [0, 4], 'split': [2, 5, 6]},
    'experienced': {'policy': {'loss': 'qlike', 'domain': [0.01, 1000]},
                    'params': {'alphaRegret': 0.5, 'minExperiencedWorkerRegrets': 5, 'maxSamplesToScaleScores': 2,
                               'maxTopInferers': 5, 'maxTopForecasters': 2, 'epsilon': 0.1, 'pNorm': 2}},
    'small rewards': {'params': {'alphaRegret': 0.5, 'minExperiencedWorkerRegrets': 3}, 'reward': 3},
    'overlapping': {'policy': {'loss': 'squared'}, 'behind': 1},
}


def answer(rng, policy, truth, noise):
    if policy['labels']:
        sure = 40 if rng.random() > noise / 2 else 0
        a = [rng.randint(1, 40) + (sure if place == truth else 0) for place in range(len(policy['labels']))]
        return [v / sum(a) for v in a]
    if policy['loss'] == 'log-loss':
        return [round(min(max(rng.random() * noise + (1 - noise) * truth, 0), 1), 4)]
    if policy['loss'] == 'qlike':
        return [round(truth * 2 ** rng.gauss(0, noise), 5)]
    return sorted(round(truth + rng.gauss(0, noise), 5) for _ in policy['levels'] or [0])


def submissions(rng, index, policy, plan):
    label = rng.randrange(3) if policy['labels'] else index % 2 if policy['loss'] == 'log-loss' else None
    truth = round(rng.uniform(8, 12), 4) if label is None else label
    away = plan.get('away', 0)
    present = [] if index in plan.get('empty', []) else [n for n in INFERERS if rng.random() >= away]
    inferences = [{'worker': n, 'values': answer(rng, policy, truth, 0.1 + 0.2 * INFERERS.index(n))} for n in present]
    forecasts = [{'forecaster': k, 'elements': [{'inferer': n, 'value': round(rng.gauss(-1 + 0.2 * INFERERS.index(n), 0.5), 5)}
                                                for n in present if rng.random() < 0.8]}
                 for k in FORECASTERS if rng.random() >= away]
    reputers = []
    for place, name in enumerate(REPUTERS):
        told = label if label is not None else round(truth + rng.choice([0, rng.gauss(0, 0.2)]), 4)
        if rng.random() < plan.get('wrong', 0) or index in plan.get('split', []):
            told = told + 50 * (place + 1) if label is None else (label + 1) % (3 if policy['labels'] else 2)
        value = policy['labels'][told] if policy['labels'] else told
        reputers.append({'address': name, 'stake': [50, 30, 40][place], 'value': value})
    return {'inferences': inferences, 'forecasts': forecasts, 'reputers': reputers, 'reward': plan.get('reward', 1000000007) + index}


def cases(_):
    for chain, plan in CHAINS.items():
        rng = random.Random(f'starling {STAGE} {chain}')
        policy, params = {**POLICY, **plan.get('policy', {})}, {**PARAMS, **plan.get('params', {})}
        states = [EMPTY]
        for index in range(10):
            epoch = {'nonce': 100 + 10 * index, **submissions(rng, index, policy, plan)}
            prior = states[max(0, len(states) - 1 - plan.get('behind', 0))]
            outcome, state = settle(prior, states[-1], epoch, policy, params)
            states.append(state)
            topic = {'policy': policy, 'params': params} if index == 0 else {}
            yield {'chain': chain, 'behind': plan.get('behind', 0), **topic, **epoch}, outcome
