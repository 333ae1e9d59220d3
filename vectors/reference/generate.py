"""Writes ../scoring/<stage>.json; deterministic."""
import json
import random
from pathlib import Path
from stages import regret_scale, weights, losses, initial_regret, fractions, entropy, class_split, scores, agreed_truth, score_ema, network_values

def plain(v):
    if isinstance(v, list): return [plain(x) for x in v]
    if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
    if isinstance(v, str): return v
    return None if v is None else float(v)

target = Path(__file__).parent.parent / 'scoring'
for module in [regret_scale, weights, losses, initial_regret, fractions, entropy, class_split, scores, agreed_truth, score_ema, network_values]:
    rng = random.Random('starling ' + module.STAGE)
    cases = [{'name': f'{module.STAGE} {i + 1}', 'input': inp, 'expected': plain(want)}
             for i, (inp, want) in enumerate(module.cases(rng))]
    document = {'stage': module.STAGE, 'source': module.SOURCE, 'cases': cases}
    (target / f'{module.STAGE}.json').write_text(json.dumps(document, indent=1, ensure_ascii=False) + '\n')
