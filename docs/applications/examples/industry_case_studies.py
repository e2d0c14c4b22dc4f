"""Five checks to run on any reported success: base rate, reading capacity, luck among many
strategies, size of a live test, and the error bar of a few robot trials."""

import numpy as np


def ppv(sensitivity, specificity, prevalence):
    """Share of positive results that are right."""
    true = sensitivity * prevalence
    return true / (true + (1 - specificity) * (1 - prevalence))


print("a test with 95 % sensitivity and 95 % specificity: share of alarms that are right")
for prevalence in (0.5, 0.1, 0.01, 0.001):
    print(f"  prevalence {prevalence:>5.1%}: {ppv(0.95, 0.95, prevalence):.4f}")

# MASAI trial, per 1,000 women screened, as published
for group, found, value in (("with AI", 6.1, 0.283), ("two readers", 5.1, 0.248)):
    print(f"mammography {group}: {found} cancers found, {found / value:.1f} women recalled per 1,000")

TRANSACTIONS, FRAUDS, CHECKS = 1_000_000, 2_000, 500  # a day, assumed
TPR, FPR = 0.90, 0.01
alarms = TPR * FRAUDS + FPR * (TRANSACTIONS - FRAUDS)
print(f"\nfraud: {alarms:,.0f} alarms a day, {TPR * FRAUDS / alarms:.3f} of them right, accuracy {1 - ((1 - TPR) * FRAUDS + FPR * (TRANSACTIONS - FRAUDS)) / TRANSACTIONS:.4f}")
print(f"  {CHECKS} checks drawn at random from the alarms find {CHECKS * TPR * FRAUDS / alarms:.0f} frauds of {FRAUDS:,}")
print(f"  never alarming at all has accuracy {1 - FRAUDS / TRANSACTIONS:.4f}")

rng = np.random.default_rng(0)
YEARS = 10
print(f"\ntrading: best yearly Sharpe ratio among strategies without any skill, {YEARS} years of history")
for strategies in (1, 10, 100, 1_000):
    best = (rng.standard_normal((2_000, strategies)) / np.sqrt(YEARS)).max(axis=1).mean()
    print(f"  {strategies:>5,} tried: {best:.2f}")
GROSS, VOLATILITY = 1.35, 0.20  # published gross Sharpe ratio; volatility a year, assumed
for turnover, cost in ((12, 0.001), (12, 0.005), (24, 0.005)):
    net = (GROSS * VOLATILITY - turnover * cost) / VOLATILITY
    print(f"  Sharpe ratio 1.35 after {turnover} times turnover at {cost:.1%}: {net:.2f}")


def per_arm(rate, lift):
    """Users per arm for 80 % power at 5 % significance, the usual factor 16."""
    return 16 * rate * (1 - rate) / (rate * lift) ** 2


print("\nlive test, 2 % of users convert: users needed per arm")
for lift in (0.10, 0.039, 0.01):
    print(f"  to see a relative lift of {lift:.1%}: {per_arm(0.02, lift):,.0f}")

print("\nrobot: 95 % half-width of a success rate of 0.7")
for trials in (10, 100, 290):
    print(f"  {trials:>3} trials: {1.96 * (0.7 * 0.3 / trials) ** 0.5:.3f}")
