"""Fairness measures that disagree on the same decisions, the size an audit needs, and the noise
that a privacy budget buys. All people are synthetic."""

from math import ceil, exp, log
from statistics import NormalDist

import numpy as np

TPR, FPR = 0.8, 0.2  # the same error rates in both groups
BASE = {"A": 0.5, "B": 0.3}  # share that would repay

print("equal error rates, unequal base rates")
print("  group  approved  right among approved")
rates = {}
for group, base in BASE.items():
    rates[group] = TPR * base + FPR * (1 - base)
    print(f"  {group}      {rates[group]:.3f}     {TPR * base / rates[group]:.3f}")
print(f"  parity gap {rates['A'] - rates['B']:.3f}, ratio {rates['B'] / rates['A']:.3f}, gap in true positive rate 0.000")

# Equal approval for both, first by approving more of B at random among its rejected applicants.
extra = (rates["A"] - rates["B"]) / (1 - rates["B"])
tpr, fpr = TPR + extra * (1 - TPR), FPR + extra * (1 - FPR)
print("equal approval forced on B:   true positive rate   false positive rate   right among approved")
print(f"  at random            {tpr:>25.3f} {fpr:>21.3f} {tpr * BASE['B'] / rates['A']:>22.3f}")

# Then by a lower threshold: scores are normal in both outcomes, which gives the same rates as above.
normal = NormalDist()
apart = normal.inv_cdf(TPR) - normal.inv_cdf(FPR)
low, high = -5.0, 5.0
for _ in range(60):
    cut = (low + high) / 2
    tpr, fpr = 1 - normal.cdf(cut - apart), 1 - normal.cdf(cut)
    approved = tpr * BASE["B"] + fpr * (1 - BASE["B"])
    low, high = (cut, high) if approved > rates["A"] else (low, cut)
print(f"  by a lower threshold {tpr:>25.3f} {fpr:>21.3f} {tpr * BASE['B'] / approved:>22.3f}")


def audit(seed, people):
    """Gap in true positive rate measured on a sample in which the real gap is zero."""
    rng = np.random.default_rng(seed)
    group = rng.random(people) < 0.5
    repays = rng.random(people) < np.where(group, BASE["A"], BASE["B"])
    approved = rng.random(people) < np.where(repays, TPR, FPR)
    return approved[group & repays].mean() - approved[~group & repays].mean()


print("\naudits of a system with no gap: middle 95 % of measured gaps")
for people in (200, 1_000, 10_000):
    low, high = np.quantile([audit(seed, people) for seed in range(1_000)], [0.025, 0.975])
    print(f"  {people:>6,} people: {low:+.3f} to {high:+.3f}")


def positives(rate, gap):
    """People who should be approved, per group, to see a gap with 80 % power at 5 %."""
    return ceil(16 * rate * (1 - rate) / gap**2)


for gap in (0.10, 0.05, 0.02):
    need = positives(TPR, gap)
    print(f"  to see a gap of {gap:.2f}: {need:,} repaying people per group, {ceil(need / BASE['B']):,} of group B in all")

print("\ncount released with Laplace noise: 95 % half-width, and how far one person shifts the odds")
for epsilon in (0.1, 1.0, 10.0):
    print(f"  epsilon {epsilon:>4}: +-{log(20) / epsilon:>5.1f} people, odds x {exp(epsilon):,.2f} at most")
print(f"  100 counts over the same people, total epsilon 1: +-{log(20) * 100:,.0f} people each")
print(f"  100 counts over groups without overlap, total epsilon 1: +-{log(20):.1f} people each")
