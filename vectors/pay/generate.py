#!/usr/bin/env python3
"""Vectors of contribution pay (SPEC VT-6), computed by the reference program pay.py of the evaluation folder.

generate.py FOLDER_OF_PAY_PY   writes ../scoring/contribution.json

A case is one world with its attackers: truths y, predictions X (epoch by epoch), losses B of the three baseline
candidates, and the skills, weights and shares just before each of the epochs named in `at`. Truths and predictions are
rounded to four decimals first, so that both sides start from the same doubles.
"""
import json, os, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import pay

AT = [160, 299]
T = 300

def shares(L, B, E, t):
    """the body of portfolio_pay at one epoch"""
    n = L.shape[1]
    d = pay.loss_parts(None, None, pay.K, t, L, B)
    skill = np.maximum(d.mean(0) - d.std(0) / np.sqrt(pay.K), 0)
    weight, share = np.zeros(n), np.zeros(n)
    m = np.where(skill > 0)[0]
    if len(m):
        e = E[max(0, t - pay.M):t][:, m]
        c = 8 * np.median(np.abs(e))
        e = np.clip(e, -c, c)
        weight[m] = pay.least_variance(e.T @ e / len(e))
        v = weight[m] * skill[m]
        share[m] = v / v.sum() if v.sum() > 0 else 0
    return [{"skill": float(a), "weight": float(b), "share": float(c)} for a, b, c in zip(skill, weight, share)]

cases = []
for walk, wanted in ((False, (0, 1, 6)), (True, (2, 4, 5))):
    r, y, X = pay.world(1, walk, T=T)
    for i, (name, A, own) in enumerate(pay.attacks(r, y, X)):
        if i not in wanted: continue
        yy, Z = np.round(y, 4), np.round(np.c_[X, A], 4)
        L, B = pay.prepare(yy, Z)
        E = Z - yy[:, None]
        cases.append({"name": f"{'random walk' if walk else 'iid'}, {name}",
                      "input": {"truths": yy.tolist(), "predictions": Z.tolist(), "baselineLosses": B.tolist(), "at": AT},
                      "expected": [shares(L, B, E, t) for t in AT]})
# two baselines whose means are equal to the last bit, a worker that equals the truth, and exact copies
r, y, X = pay.world(7, False, T=T)
yy = np.round(y, 4); Z = np.round(np.c_[X[:, :4], X[:, [0]], X[:, [0]], y + 10 * r.normal(size=T)], 4)
L, B = pay.prepare(yy, Z); B[:, 1] = B[:, 0]; E = Z - yy[:, None]
cases.append({"name": "copies and equal baselines",
              "input": {"truths": yy.tolist(), "predictions": Z.tolist(), "baselineLosses": B.tolist(), "at": AT},
              "expected": [shares(L, B, E, t) for t in AT]})
out = {"stage": "contribution", "source": "SPEC VT-6", "cases": cases}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scoring", "contribution.json")
text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
with open(path, "w") as f:
    f.write('{"stage":"contribution","source":"SPEC VT-6","cases":[\n' + text + "\n]}\n")
