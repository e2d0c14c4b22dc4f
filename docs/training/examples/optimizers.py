"""Update rules on an ill-conditioned bowl and on the same bowl turned, the batch size at which more samples stop paying,
what clipping and weight decay do, and the bytes each optimizer keeps."""

import numpy as np

CURVATURE = np.array([1.0, 100.0])  # condition number 100: one shallow, one steep direction
STEPS = 200


def run(rule, degrees=0, noise=0.0, copies=1):
    """Minimise a bowl whose axes are turned by some degrees; return the final loss, averaged over copies."""
    rng, turn = np.random.default_rng(0), np.radians(degrees)
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    bowl = axes @ np.diag(CURVATURE) @ axes.T
    x = np.tile(axes @ np.ones(2), (copies, 1))  # the same start, seen from the bowl's axes
    state = {"m": np.zeros_like(x), "v": np.zeros_like(x)}
    for step in range(1, STEPS + 1):
        gradient = x @ bowl + noise * rng.normal(size=x.shape)
        x = x - rule(gradient, state, step)
    return 0.5 * ((x @ bowl) * x).sum(1).mean()


def sgd(rate):
    return lambda gradient, state, step: rate * gradient


def momentum(rate, beta=0.9, decay=lambda step: 1.0):
    def rule(gradient, state, step):
        state["m"] = beta * state["m"] + gradient
        return rate * decay(step) * state["m"]
    return rule


def adam(rate, beta1=0.9, beta2=0.999):
    def rule(gradient, state, step):
        state["m"] = beta1 * state["m"] + (1 - beta1) * gradient
        state["v"] = beta2 * state["v"] + (1 - beta2) * gradient**2
        m, v = state["m"] / (1 - beta1**step), state["v"] / (1 - beta2**step)
        return rate * m / (np.sqrt(v) + 1e-8)
    return rule


print(f"loss after {STEPS} steps, from {0.5 * CURVATURE.sum()}        axes as given   turned by 45 degrees")
for name, rule in {
    "SGD, rate 0.009": sgd(0.009),
    "SGD, rate 0.021 (above 2/100)": sgd(0.021),
    "momentum 0.9, rate 0.009": momentum(0.009),
    "Adam, rate 0.02": adam(0.02),
    "Adam, rate 0.2": adam(0.2),
}.items():
    print(f"  {name:<36}{run(rule):>12.1e}{run(rule, 45):>15.1e}")
linear = lambda step: 1 - (step - 1) / STEPS
constant, decayed = (run(momentum(0.009, decay=rule), 0, 1.0, 2000) for rule in (lambda step: 1.0, linear))
print(f"noise in every gradient: momentum at a constant rate {constant:.3f}, decayed to zero {decayed:.3f}")

rng = np.random.default_rng(0)
momentum_matrix = rng.normal(size=(64, 64)) @ np.diag(np.geomspace(1, 1e-3, 64))  # badly scaled
x = momentum_matrix / np.linalg.norm(momentum_matrix)
before = np.linalg.svd(x, compute_uv=False)
for _ in range(5):  # Muon: five Newton-Schulz steps with the coefficients PyTorch uses
    a = x @ x.T
    x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
after = np.linalg.svd(x, compute_uv=False)
for label, values in (("before", before), ("after", after)):
    print(f"Muon, 64 singular values {label}: largest {values[0]:.2f}, median {np.median(values):.3f}, smallest {values[-1]:.4f}")

print("\nbatch    steps  samples   (in units of the minimum; noise scale 1)")
for batch in (0.1, 0.5, 1, 2, 10):
    print(f"{batch:>5} {1 + 1 / batch:>8.2f} {1 + batch:>8.2f}")

gradient = np.array([3.0, 4.0, 12.0])
clipped = gradient * min(1, 1.0 / np.linalg.norm(gradient))
print(f"\nclip to norm 1: {np.linalg.norm(gradient):.0f} -> {np.linalg.norm(clipped):.0f}, direction kept; "
      f"rate 3e-4 and decay 0.1 forget a weight with half-life {np.log(2) / (3e-4 * 0.1):,.0f} steps")

PARAMETERS_BN = 8.030261248  # bn, fact:llama-3-8b.parameters_bn
print("\nLlama 3 8B     bytes per parameter   GB of optimizer state")
for name, size in {"Adam, fp32": 8, "Adam, bf16": 4, "Adam, 8 bits": 2, "Muon or momentum, fp32": 4, "SGD": 0}.items():
    print(f"  {name:<24}{size:>9}{size * PARAMETERS_BN:>16.1f}")
d, f, tokens = 4096, 14336, 4e6  # one feed-forward matrix of Llama 3 8B, a batch of 4 M tokens
muon = 5 * (4 * d * d * f + 2 * d**3)  # per iteration: x x^T and (...) x cost 2 d^2 f each, a a costs 2 d^3
print(f"Muon on one {d:,} x {f:,} matrix: {muon:.1e} FLOP a step, {muon / (6 * d * f * tokens):.2%} of its training")
