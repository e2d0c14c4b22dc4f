"""What a probability is worth: the Brier score, its three parts, skill against a base rate,
and how many settled forecasts it takes to tell a calibrated forecaster from an overconfident one."""

import numpy as np


def brier(p, happened):
    """Mean squared distance between probability and outcome: 0 is best, 0.25 is always saying 50 %."""
    return np.mean((p - happened) ** 2)


def parts(p, happened):
    """Reliability (0 is best), resolution (more is better) and uncertainty; score = rel - res + unc."""
    base = happened.mean()
    reliability = resolution = 0.0
    for value in np.unique(p):
        group = happened[p == value]
        reliability += len(group) / len(p) * (value - group.mean()) ** 2
        resolution += len(group) / len(p) * (group.mean() - base) ** 2
    return reliability, resolution, base * (1 - base)


# the sixteen forecasts of this page, by name
TABLE = np.array([0.45, 0.25, 0.30, 0.50, 0.75, 0.70, 0.30, 0.45,
                  0.85, 0.15, 0.45, 0.20, 0.35, 0.35, 0.88, 0.20])  # fmt: skip
spread = TABLE * (1 - TABLE)
print(f"this page: {len(TABLE)} forecasts, {TABLE.sum():.2f} expected to happen")
print(f"  Brier score if every probability is right: {spread.mean():.4f} (always 50 %: 0.2500)")
error = np.sqrt(np.sum(spread * (1 - 2 * TABLE) ** 2)) / len(TABLE)
print(f"  standard deviation of that score by luck alone: {error:.4f}")

rng = np.random.default_rng(7)
N = 20_000
truth = rng.choice([0.1, 0.2, 0.3, 0.5, 0.7, 0.8], N, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.1])
happened = (rng.random(N) < truth).astype(float)
odds = (truth / (1 - truth)) ** 2  # the same knowledge, stated too boldly
FORECASTERS = {
    "calibrated": truth,
    "overconfident": odds / (1 + odds),
    "base rate": np.full(N, happened.mean()),
    "always 50 %": np.full(N, 0.5),
}
reference = brier(FORECASTERS["base rate"], happened)
print(f"\nsynthetic, {N:,} questions, {happened.mean():.3f} happened")
print("  forecaster       Brier   reliability  resolution  skill vs base rate")
for name, p in FORECASTERS.items():
    rel, res, _ = parts(p, happened)
    print(f"  {name:<14} {brier(p, happened):7.4f} {rel:12.4f} {res:11.4f} {1 - brier(p, happened) / reference + 0:16.3f}")

print("\nshare of trials in which the calibrated forecaster scores better than the overconfident one")
for n in (16, 64, 256, 1024):
    pick = rng.integers(0, N, (2_000, n))
    a, b = ((FORECASTERS[k][pick] - happened[pick]) ** 2 for k in ("calibrated", "overconfident"))
    print(f"  {n:>5,} settled: {np.mean(a.mean(axis=1) < b.mean(axis=1)):.2f}")

print("\ndoubling every d days: factor after 405 days (2026-11-21 to the end of 2027)")
for d in (89, 131, 212):
    print(f"  d = {d:>3}: {2 ** (405 / d):.1f}")
