"""Six sums that judge a reported success before you copy it: base rate, capacity, luck among many tries,
size of a live test, width of an interval, and the price at which the gain is used up."""

import numpy as np


def ppv(sensitivity, specificity, prevalence):
    """Share of alarms that are right (positive predictive value)."""
    true = sensitivity * prevalence
    return true / (true + (1 - specificity) * (1 - prevalence))


print("1 base rate: a test with 95 % sensitivity and 95 % specificity, share of alarms that are right")
for prevalence in (0.5, 0.1, 0.01, 0.001):
    print(f"  prevalence {prevalence:>5.1%}: {ppv(0.95, 0.95, prevalence):.4f}")

TRANSACTIONS, FRAUDS, CHECKS = 1_000_000, 2_000, 500  # a day, assumed
TPR, FPR = 0.90, 0.01  # frauds found, honest payments alarmed, assumed
LOSS, CHECK_COST = 120, 5  # per fraud and per check, assumed
right, alarms = TPR * FRAUDS, TPR * FRAUDS + FPR * (TRANSACTIONS - FRAUDS)
accuracy = 1 - (FRAUDS - right + alarms - right) / TRANSACTIONS
print(f"\n2 capacity: {alarms:,.0f} fraud alarms a day, {right / alarms:.3f} of them right")
print(f"  {CHECKS} checks drawn at random find {CHECKS * right / alarms:.0f} of {FRAUDS:,} frauds")
print(f"  accuracy {accuracy:.4f}; without any alarm {1 - FRAUDS / TRANSACTIONS:.4f}")
print(f"  a check pays while at least {CHECK_COST / LOSS:.1%} of such alarms are right")

rng, YEARS = np.random.default_rng(0), 10
print(f"\n3 luck: best yearly Sharpe ratio among strategies without skill, {YEARS} years of history")
for tried in (1, 10, 100, 1_000):
    best = (rng.standard_normal((2_000, tried)) / np.sqrt(YEARS)).max(axis=1).mean()
    print(f"  {tried:>5,} tried: {best:.2f}")
GROSS, VOLATILITY = 1.35, 0.20  # published ratio before costs; volatility a year, assumed
for turnover, cost in ((12, 0.005), (24, 0.005)):
    print(f"  1.35 after {turnover} times turnover at {cost:.1%}: {GROSS - turnover * cost / VOLATILITY:.2f}")


def per_arm(rate, lift):
    """Users per arm for 80 % power at 5 % significance, the usual factor 16."""
    return 16 * rate * (1 - rate) / (rate * lift) ** 2


print("\n4 size of a live test: users per arm at 2 % conversion")
for lift in (0.10, 0.039, 0.01):
    print(f"  relative lift of {lift:.1%}: {per_arm(0.02, lift):,.0f}")

GAIN, ERROR, DEVELOPERS = 26.08, 10.3, 4_867  # per cent, published with its standard error
low, high = GAIN - 1.96 * ERROR, GAIN + 1.96 * ERROR
print(f"\n5 interval: {GAIN} % more tasks, standard error {ERROR}: 95 % interval {low:.1f} to {high:.1f} %")
for people in (50, 500, DEVELOPERS, 20_000):
    print(
        f"  the same design with {people:>6,} developers: plus or minus {1.96 * ERROR * (DEVELOPERS / people) ** 0.5:.0f} points"
    )
for trials in (10, 100):
    print(f"  robot with success rate 0.7, {trials:>3} trials: plus or minus {1.96 * (0.7 * 0.3 / trials) ** 0.5:.3f}")

HOURLY, HANDLED = 30.0, 2.5  # cost of a support hour, issues an hour without the tool, assumed
print("\n6 price: most that an assistant may cost if support staff then resolve 15 % more an hour")
print(f"  {0.15 * HOURLY:.2f} per hour, or {0.15 * HOURLY / (1.15 * HANDLED):.2f} per issue")
