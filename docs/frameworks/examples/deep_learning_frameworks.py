"""Train a 10-64-64-1 network with NumPy alone: what a framework does for you, done by hand.

Forward pass, backward pass and update are written out, once rightly and once with a forgotten
transpose that no shape check can see. A finite difference, the test every autograd engine has
to pass, tells the two apart; the loss curve hardly does.
"""

import numpy as np

SIZES = (10, 64, 64, 1)  # inputs, two hidden layers, one output
STEPS, RATE = 300, 0.1
rng = np.random.default_rng(0)

# A task with an interaction in it: the product of the first two inputs, clipped.
inputs = rng.normal(size=(512, SIZES[0]))
target = (inputs[:, :1] * inputs[:, 1:2]).clip(-2, 2)

# He initialisation: variance 2 / fan-in keeps the scale of activations under ReLU.
pairs = list(zip(SIZES, SIZES[1:]))
start = [rng.normal(size=pair) * np.sqrt(2 / pair[0]) for pair in pairs]


def forward(weights, biases):
    """Return the activations of every layer; the backward pass needs them all."""
    layers = [inputs]
    for i, (weight, bias) in enumerate(zip(weights, biases)):
        sums = layers[-1] @ weight + bias
        layers.append(np.maximum(sums, 0) if i < len(weights) - 1 else sums)
    return layers


def loss(layers):
    return float(((layers[-1] - target) ** 2).mean())


def backward(weights, layers, wrong=False):
    """Return the gradients of the loss, last layer first computed (reverse mode)."""
    gradients = [None] * len(weights)
    upstream = 2 * (layers[-1] - target) / len(inputs)  # d loss / d prediction
    for i in reversed(range(len(weights))):
        gradients[i] = (layers[i].T @ upstream, upstream.sum(axis=0))
        if i > 0:  # chain rule through the weight, then through ReLU
            square = weights[i].shape[0] == weights[i].shape[1]
            back = weights[i] if wrong and square else weights[i].T  # both fit a 64 x 64 weight
            upstream = (upstream @ back) * (layers[i] > 0)
    return gradients


def train(wrong):
    """Gradient descent from the same start; return the loss at every step."""
    weights, biases = [w.copy() for w in start], [np.zeros(outputs) for _, outputs in pairs]
    losses = []
    for _ in range(STEPS + 1):
        layers = forward(weights, biases)
        losses.append(loss(layers))
        for i, (d_weight, d_bias) in enumerate(backward(weights, layers, wrong)):
            weights[i] -= RATE * d_weight
            biases[i] -= RATE * d_bias
    return losses


print("layer      weights  biases  parameters")
for pair in pairs:
    count = pair[0] * pair[1] + pair[1]
    print(f"{pair[0]:>2} -> {pair[1]:<4} {pair[0] * pair[1]:>7,} {pair[1]:>7} {count:>11,}")
total = sum(a * b + b for a, b in pairs)
print(f"total parameters: {total:,}")

# One weight of the first layer, nudged both ways in float64.
zeros, nudge, nudged = [np.zeros(b) for _, b in pairs], 1e-6, []
for sign in (1, -1):
    weights = [w.copy() for w in start]
    weights[0][3, 5] += sign * nudge
    nudged.append(loss(forward(weights, zeros)))
measured = (nudged[0] - nudged[1]) / (2 * nudge)
layers = forward(start, zeros)
right, wrong = (backward(start, layers, wrong)[0][0][3, 5] for wrong in (False, True))
print(f"\ngradient of one weight: finite difference {measured:.6f}")
print(f"  by hand {right:.6f}, with the transpose forgotten {wrong:.6f}")
assert abs(right - measured) < 1e-7

print("\nloss at step     0   100   200   300")
for name, losses in (("right", train(wrong=False)), ("forgotten", train(wrong=True))):
    print(f"{name:<11}", *(f"{losses[step]:.3f}" for step in range(0, STEPS + 1, 100)))

saved = sum(layer.size for layer in layers[:-1])
print(f"\nactivations kept for the backward pass of {len(inputs)} samples: {saved:,} numbers")
print(f"that is {saved / total:.1f} times the number of parameters")
