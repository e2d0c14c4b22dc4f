"""From a budget to a model: training days, what three sets of fitted constants advise, how flat
the optimum is, how well small runs find it, and how far serving and repeated data move it."""

import math

import numpy as np

PEAK_TFLOPS = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PEAK = PEAK_TFLOPS * 1e12
MFU = 0.4  # assumed share of that peak
N, D = 70e9, 1.4e12  # Chinchilla: parameters and tokens
BUDGET = 6 * N * D
# E, A, B, alpha, beta of loss = E + A / N^alpha + B / D^beta
FITS = {
    "printed in the paper": (1.69, 406.4, 410.7, 0.34, 0.28),
    "paper's source, unrounded": (math.exp(0.5267228), math.exp(6.0073404), math.exp(6.0179186), 0.33917084, 0.2849083),
    "replication": (math.exp(0.59711196), math.exp(6.17795598), math.exp(7.64273236), 0.34781303, 0.36585412),
}
REPLICATION = FITS["replication"]


def loss(n, d, fit=REPLICATION):
    e, a, b, alpha, beta = fit
    return e + a / n**alpha + b / d**beta


def optimum(compute, fit):
    """Minimise the fitted loss under 6 N D = compute; the derivative has a closed form."""
    _, a, b, alpha, beta = fit
    n = (alpha * a / (beta * b)) ** (1 / (alpha + beta)) * (compute / 6) ** (beta / (alpha + beta))
    return n, compute / 6 / n


def tokens_for(target, n):
    """Training tokens a model of n parameters needs to reach a loss; None if it never does."""
    e, a, b, alpha, beta = REPLICATION
    rest = target - e - a / n**alpha
    return (b / rest) ** (1 / beta) if rest > 0 else None


def days(compute, devices):
    return compute / (devices * PEAK * MFU) / 86400


print(f"Chinchilla: {BUDGET:.2e} FLOP, {days(BUDGET, 1024):.1f} days on 1,024 H100 at {MFU:.0%} MFU")
print("\noptimum for that budget      parameters    tokens  tokens/parameter")
for name, fit in FITS.items():
    n, d = optimum(BUDGET, fit)
    print(f"  {name:<27}{n / 1e9:>9.1f} B {d / 1e12:>7.2f} T {d / n:>12.0f}")

best, tokens = optimum(BUDGET, REPLICATION)
floor = loss(best, tokens)
print("\nsame budget, other size: loss above the optimum, more compute to make it up")
for factor in (0.25, 0.5, 2, 4):
    worse = loss(best * factor, tokens / factor)
    low, high = BUDGET / 10, BUDGET  # the smaller budget whose optimum is just as bad
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if loss(*optimum(middle, REPLICATION)) > worse else (low, middle)
    print(f"  {factor:>4} x parameters: +{worse - floor:.4f}, {BUDGET / high - 1:>4.0%}")



def extrapolate(rng, noise, untuned):
    """Five runs at each budget, a parabola in log N, then a line through the minima up to BUDGET.

    untuned: extra loss of a model ten times the size at which the learning rate was tuned.
    """
    minima = []
    for compute in SMALL:
        sizes = optimum(compute, REPLICATION)[0] * np.array([0.25, 0.5, 1, 2, 4])
        losses = loss(sizes, compute / 6 / sizes) + noise * rng.normal(size=5) + untuned * np.log10(sizes / 1e8) ** 2
        a, b, _ = np.polyfit(np.log(sizes), losses, 2)
        minima.append(-b / (2 * a))
    slope, offset = np.polyfit(np.log(SMALL), minima, 1)
    return slope, math.exp(slope * math.log(BUDGET) + offset) / 1e9


SMALL = 10.0 ** np.arange(18, 21.1, 0.5)  # seven budgets, three orders of magnitude below the target
print("\nadvice from 35 small runs, middle 8 of 10 repetitions: exponent of C, billions of parameters")
for noise, untuned in ((0.001, 0), (0.005, 0), (0.001, 0.005), (0.001, 0.02)):
    rng = np.random.default_rng(0)
    low, high = np.percentile([extrapolate(rng, noise, untuned) for _ in range(300)], (10, 90), axis=0)
    print(f"  noise {noise}, untuned {untuned:<5}: {low[0]:.2f} to {high[0]:.2f}, {low[1]:.0f} to {high[1]:.0f}")

target = loss(N, D)
print("\nsame loss, tokens served -> parameters, training tokens, tokens/parameter, saving against 70 B")
sizes = [1e9 * 1.002**i for i in range(2500)]
for served in (0, 1e12, 1e13, 1e14):
    plans = [(6 * n * d + 2 * n * served, n, d) for n in sizes if (d := tokens_for(target, n))]
    cost, n, d = min(plans)
    saving = 1 - cost / (6 * N * D + 2 * N * served)
    print(f"  {served:>7.0e}: {n / 1e9:>5.1f} B {d / 1e12:>6.2f} T {d / n:>5.0f} {saving:>6.1%}")

# Llama 3 8B: weights times 2 FLOP, without the embedding lookup, and scores over half the context
LAYERS = 32  # fact:llama-3-8b.layers
HEADS = 32  # fact:llama-3-8b.heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim
HIDDEN = 4096  # fact:llama-3-8b.hidden
VOCABULARY = 128256  # fact:llama-3-8b.vocabulary
PARAMETERS_BN = 8.030261248  # bn, fact:llama-3-8b.parameters_bn
PARAMETERS = PARAMETERS_BN * 1e9
print("\nLlama 3 8B, counted against 6N:", end="")
for context in (8192, 131072):
    matrices = 2 * (PARAMETERS - VOCABULARY * HIDDEN)
    scores = LAYERS * 4 * HEADS * HEAD_DIM * context / 2
    print(f"  {context:,} tokens {3 * (matrices + scores) / (6 * PARAMETERS):.2f}", end="")
print(f"\nLlama 3 8B on 15 T tokens: {6 * PARAMETERS * 15e12:.1e} FLOP, {15e12 / PARAMETERS:,.0f} tokens/parameter")

hours, published = 30.84e6, 3.8e25  # Llama 3.1 405B: H100-hours of its card, FLOP of its report
print(f"Llama 3.1 405B: {published / (hours * 3600 * PEAK):.1%} of peak over all hours billed")
print("\nworth of repeated text in unique tokens:", end="")
for epochs in (2, 4, 16, 64):
    worth = 1 + 15.39 * (1 - math.exp(-(epochs - 1) / 15.39))
    print(f"  {epochs} epochs {worth:.1f}", end="")
print()
