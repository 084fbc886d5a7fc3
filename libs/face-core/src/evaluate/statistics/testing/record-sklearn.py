"""Records what scikit-learn and SciPy say of fixed scores: `python3 record-sklearn.py > sklearn.json`.

Tried with scikit-learn 1.2.1 and SciPy 1.10.1. The scores come from a small generator that the spec repeats.
"""

import json

import numpy as np
from scipy.interpolate import interp1d
from scipy.optimize import brentq
from scipy.stats import binomtest
from sklearn.metrics import det_curve, roc_auc_score, roc_curve


def scores(count, seed, low, high, step):
    """Rounded to `step`, so that there are ties."""
    state = seed
    values = []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(round((low + (high - low) * state / 2**31) / step) * step)
    return np.array(values)


def case(name, genuine, impostor):
    labels = np.r_[np.ones(len(genuine)), np.zeros(len(impostor))]
    values = np.r_[genuine, impostor]
    fpr, tpr, thresholds = roc_curve(labels, values, drop_intermediate=False)
    false_match, false_non_match, at = det_curve(labels, values)
    eer = brentq(lambda rate: 1 - rate - float(interp1d(fpr, tpr)(rate)), 0.0, 1.0, xtol=1e-15)
    targets = [0.1, 0.01] if len(impostor) < 3000 else [0.1, 0.01, 0.001]
    return {
        "name": name,
        "auc": float(roc_auc_score(labels, values)),
        "eer": float(eer),
        "tarAtFar": [[far, float(tpr[fpr <= far].max())] for far in targets],
        "det": [
            [float(t), float(m), float(n)]
            for t, m, n in list(zip(at, false_match, false_non_match))[:: max(1, len(at) // 12)]
        ],
    }


def interval(hits, trials):
    ci = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    return [hits, trials, float(ci.low), float(ci.high)]


print(
    json.dumps(
        {
            "cases": [
                case("ties", scores(500, 1, 0.2, 1.0, 1 / 64), scores(800, 2, -0.4, 0.5, 1 / 64)),
                case("fine", scores(700, 3, 0.3, 1.0, 2.0**-20), scores(5000, 4, -0.5, 0.45, 2.0**-20)),
            ],
            "wilson": [interval(*pair) for pair in [(0, 360), (1, 1000), (45, 700), (999, 1000), (1000, 1000)]],
        },
        indent=1,
    )
)
