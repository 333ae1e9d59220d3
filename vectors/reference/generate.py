"""Writes ../scoring/<stage>.json, one case a line; deterministic."""
import json
import random
from pathlib import Path
from stages import (agreed_truth, class_split, consensus, domains, entropy, fractions, initial_regret,
                    listening_coefficients, losses, network_losses, network_values, outlier_resistant, regret_scale,
                    regrets, reputer_scores, reward_fractions, score_ema, scores, settle_epochs, smoothing, sortition,
                    split_coins, spread, top_elements, weighted_percentiles, weights)

STAGES = [regret_scale, weights, losses, domains, initial_regret, fractions, entropy, class_split, scores, agreed_truth,
          score_ema, network_values, network_losses, regrets, reputer_scores, listening_coefficients, consensus,
          top_elements, sortition, outlier_resistant, weighted_percentiles, smoothing, reward_fractions, split_coins,
          spread, settle_epochs]


def plain(v):
    """Numbers as the nearest double; text (exact integers), truths of logic and null as they are."""
    if isinstance(v, list):
        return [plain(x) for x in v]
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    return v if v is None or isinstance(v, (str, bool)) else float(v)


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'), allow_nan=False)


target = Path(__file__).parent.parent / 'scoring'
for module in STAGES:
    rng = random.Random('starling ' + module.STAGE)
    cases = [line({'name': f'{module.STAGE} {i + 1}', 'input': inp, 'expected': plain(want)})
             for i, (inp, want) in enumerate(module.cases(rng))]
    head = f'{{"stage":{line(module.STAGE)},"source":{line(module.SOURCE)},"cases":['
    (target / f'{module.STAGE}.json').write_text(head + '\n' + ',\n'.join(cases) + '\n]}\n')
