"""Grid, random, successive halving and a small Bayesian search on functions we know.

Counts what each spends, shows how early stopping picks wrongly when rankings change with
training length, and compares random search with a Gaussian process at equal trials.
"""

import math
import random

import numpy as np


def halving(settings, loss, shortest=1, longest=27, keep=3):
    """Train all a little, keep the best third, triple the budget; return the winner and the cost."""
    budget, spent, pool = shortest, 0, list(settings)
    while len(pool) > 1:
        spent += len(pool) * budget
        survivors = max(1, len(pool) // keep) if budget < longest else 1
        pool = sorted(pool, key=lambda s: loss(s, budget))[:survivors]
        budget = min(longest, budget * keep)
    return pool[0], spent


def steady(rate, budget):  # the best rate is 10 ** -2.5 at every budget
    return (math.log10(rate) + 2.5) ** 2 + 2 / math.sqrt(budget)


def moving(rate, budget):  # short trials favour larger rates: best 10 ** -1 at 1, 10 ** -2.5 at 27
    best = -1 - 1.5 * math.log(budget) / math.log(27)
    return (math.log10(rate) - best) ** 2 + 2 / math.sqrt(budget)


def gaussian_process(x, y, z, noise, width=0.25):
    """Mean and deviation at the points z, given values y at x that scatter by noise."""
    def kernel(a, b):
        return np.exp(-0.5 * ((a[:, None] - b[None]) ** 2).sum(-1) / width**2)
    scale, centre = y.std() + 1e-9, y.mean()
    k, cross = kernel(x, x) + (1e-6 + (noise / scale) ** 2) * np.eye(len(x)), kernel(x, z)
    mean = cross.T @ np.linalg.solve(k, (y - centre) / scale)
    variance = 1 - (cross * np.linalg.solve(k, cross)).sum(0)
    return centre + scale * mean, scale * np.sqrt(np.maximum(variance, 1e-12))


def surface(x):  # two settings in the unit square, minimum 0 at (0.3, 0.7), a worse dip elsewhere
    bowl = 4 * ((x - [0.3, 0.7]) ** 2).sum(-1)
    return np.minimum(bowl, 0.1 + 4 * ((x - [0.8, 0.2]) ** 2).sum(-1))


def search(trials, seed, model, noise=0.0):
    """True value of the setting that looked best; noise is the spread of one trial over seeds."""
    rng = np.random.default_rng(seed)
    x = rng.random((5, 2))
    y = surface(x) + noise * rng.normal(size=5)
    for _ in range(trials - 5):
        z = rng.random((300, 2)) if model else rng.random((1, 2))
        if model:  # the point with the lowest optimistic guess: mean minus two deviations
            mean, deviation = gaussian_process(x, y, z, noise)
            z = z[[np.argmin(mean - 2 * deviation)]]
        x, y = np.vstack([x, z]), np.append(y, surface(z) + noise * rng.normal())
    return surface(x[[np.argmin(y)]])[0]


draw = random.Random(3)
rates = [10 ** draw.uniform(-5, 0) for _ in range(27)]
winner, spent = halving(rates, steady)
assert winner == min(rates, key=lambda r: steady(r, 27))
print(f"successive halving: best rate {winner:.4f} for {spent} of {27 * 27} units, then 27 to train it fully")

true = min(rates, key=lambda r: moving(r, 27))
for shortest in (1, 3, 9):
    winner, spent = halving(rates, moving, shortest)
    print(f"ranking moves, first cut after {shortest} units: rate {winner:.4f} for {spent},"
          f" loss {moving(winner, 27) - moving(true, 27):.3f} above the best of all")

print("random trials until one is in the best 5 % with 95 % certainty:", math.ceil(math.log(0.05) / math.log(0.95)))
print("grid over 6 settings, 64 trials: values tried per setting", round(64 ** (1 / 6)), "- random: 64")

for noise in (0, 0.1, 0.5):
    for trials in (10, 20, 40):
        found = [np.mean([search(trials, seed, model, noise) for seed in range(20)]) for model in (False, True)]
        print(f"noise {noise}, {trials} trials, mean of 20 searches: random {found[0]:.4f}, model {found[1]:.4f}")

for compute in (5.88e23, 3.8e25):  # power laws that DeepSeek fitted for its own data and models
    print(f"{compute:.2e} FLOP: rate {0.3118 * compute**-0.125:.1e}, batch {0.292 * compute**0.3271 / 1e6:.1f} million tokens")

for workers in (1, 8, 64):
    rounds = [math.ceil(n / workers) * b for n, b in ((27, 1), (9, 3), (3, 9))]
    print(f"halving with a wait after each cut, {workers} workers: {sum(rounds)} units of time,"
          f" {81 / (workers * sum(rounds)):.0%} busy")
