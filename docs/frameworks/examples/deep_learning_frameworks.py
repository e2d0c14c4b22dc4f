"""Train a 10-64-64-1 network with NumPy alone: what a framework does for you, done by hand.

Forward pass, backward pass and update are written out; the hand-derived gradient is then
compared with a central finite difference, the test every autograd engine has to pass.
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
weights = [rng.normal(size=pair) * np.sqrt(2 / pair[0]) for pair in pairs]
biases = [np.zeros(outputs) for _, outputs in pairs]


def forward():
    """Return the activations of every layer; the backward pass needs them all."""
    layers = [inputs]
    for i, (weight, bias) in enumerate(zip(weights, biases)):
        sums = layers[-1] @ weight + bias
        layers.append(np.maximum(sums, 0) if i < len(weights) - 1 else sums)
    return layers


def mean_squared_error(prediction):
    return float(((prediction - target) ** 2).mean())


def backward(layers):
    """Return the gradients of the loss, last layer first computed (reverse mode)."""
    gradients = [None] * len(weights)
    upstream = 2 * (layers[-1] - target) / len(inputs)  # d loss / d prediction
    for i in reversed(range(len(weights))):
        gradients[i] = (layers[i].T @ upstream, upstream.sum(axis=0))
        if i > 0:  # chain rule through the weight, then through ReLU
            upstream = (upstream @ weights[i].T) * (layers[i] > 0)
    return gradients


print("layer      weights  biases  parameters")
for pair in pairs:
    count = pair[0] * pair[1] + pair[1]
    print(f"{pair[0]:>2} -> {pair[1]:<4} {pair[0] * pair[1]:>7,} {pair[1]:>7} {count:>11,}")
total = sum(w.size for w in weights) + sum(b.size for b in biases)
print(f"total parameters: {total:,}")

# One weight of the middle layer, nudged both ways in float64.
by_hand = backward(forward())[1][0][3, 5]
nudge, kept = 1e-6, weights[1][3, 5]
losses = []
for sign in (1, -1):
    weights[1][3, 5] = kept + sign * nudge
    losses.append(mean_squared_error(forward()[-1]))
weights[1][3, 5] = kept
measured = (losses[0] - losses[1]) / (2 * nudge)
print(f"\ngradient of one weight: by hand {by_hand:.6f}, finite difference {measured:.6f}")
assert abs(by_hand - measured) < 1e-7

print("\nstep   loss")
for step in range(STEPS + 1):
    layers = forward()
    if step % 100 == 0:
        print(f"{step:>4}  {mean_squared_error(layers[-1]):.3f}")
    for i, (d_weight, d_bias) in enumerate(backward(layers)):
        weights[i] -= RATE * d_weight
        biases[i] -= RATE * d_bias

saved = sum(layer.size for layer in layers[:-1])
print(f"\nactivations kept for the backward pass of {len(inputs)} samples: {saved:,} numbers")
print(f"that is {saved / total:.1f} times the number of parameters")
