"""Step 3, train: a small residual convolutional network, written out in NumPy with its backward pass.

Layout: a 3 x 3 convolution with stride 2, two residual blocks on 8 x 8 positions, the mean of each channel
and of its square over the positions, a linear layer. The second convolution of a block starts at zero, so
that a block starts as the identity.
"""

import io

import numpy as np

from image_1_collect import CLASSES, collect
from image_2_split import scale, split

CHANNELS, BLOCKS = 8, 2


def windows(x, stride=1):
    """The 3 x 3 neighbourhood of every position: (n, h, w, c) to (n, h', w', 9c)."""
    n, h, w, c = x.shape
    padded = np.zeros((n, h + 2, w + 2, c))
    padded[:, 1:-1, 1:-1] = x
    parts = [padded[:, i : i + h : stride, j : j + w : stride] for i in range(3) for j in range(3)]
    return np.concatenate(parts, axis=3)


def spread(gradient, channels):
    """The transpose of ``windows`` at stride 1: what each position receives from its neighbourhoods."""
    n, h, w, _ = gradient.shape
    padded = np.zeros((n, h + 2, w + 2, channels))
    for index in range(9):
        i, j = divmod(index, 3)
        padded[:, i : i + h, j : j + w] += gradient[..., index * channels : (index + 1) * channels]
    return padded[:, 1:-1, 1:-1]


def new_weights(seed=3):
    """He initialisation, and zeros where a residual branch ends."""
    random = np.random.default_rng(seed)
    weights = {"stem": random.standard_normal((9, CHANNELS)) * np.sqrt(2 / 9), "stem_bias": np.zeros(CHANNELS)}
    for block in range(BLOCKS):
        weights[f"a{block}"] = random.standard_normal((9 * CHANNELS, CHANNELS)) * np.sqrt(2 / (9 * CHANNELS))
        weights[f"a{block}_bias"] = np.zeros(CHANNELS)
        weights[f"b{block}"] = np.zeros((9 * CHANNELS, CHANNELS))
        weights[f"b{block}_bias"] = np.zeros(CHANNELS)
    return weights | {"head": np.zeros((2 * CHANNELS, len(CLASSES))), "head_bias": np.zeros(len(CLASSES))}


def forward(weights, x):
    """Logits, and what the backward pass needs."""
    patches = windows(x[..., None], stride=2)
    x = np.maximum(patches @ weights["stem"] + weights["stem_bias"], 0)
    kept = [(patches, x)]
    for block in range(BLOCKS):
        first = windows(x)
        inner = np.maximum(first @ weights[f"a{block}"] + weights[f"a{block}_bias"], 0)
        second = windows(inner)
        x = np.maximum(x + second @ weights[f"b{block}"] + weights[f"b{block}_bias"], 0)  # the shortcut
        kept.append((first, inner, second, x))
    pooled = np.concatenate([x.mean((1, 2)), (x * x).mean((1, 2))], axis=1)
    return pooled @ weights["head"] + weights["head_bias"], (kept, pooled)


def backward(weights, saved, gradient):
    """Gradients of all weights from the gradient of the logits."""
    kept, pooled = saved
    x = kept[-1][-1]
    found = {"head": pooled.T @ gradient, "head_bias": gradient.sum(0)}
    to_pool = (gradient @ weights["head"].T)[:, None, None, :] / (x.shape[1] * x.shape[2])
    flow = to_pool[..., :CHANNELS] + 2 * x * to_pool[..., CHANNELS:]
    for block in reversed(range(BLOCKS)):
        first, inner, second, out = kept[block + 1]
        flow = flow * (out > 0)
        found[f"b{block}"] = second.reshape(-1, 9 * CHANNELS).T @ flow.reshape(-1, CHANNELS)
        found[f"b{block}_bias"] = flow.sum((0, 1, 2))
        branch = spread(flow @ weights[f"b{block}"].T, CHANNELS) * (inner > 0)
        found[f"a{block}"] = first.reshape(-1, 9 * CHANNELS).T @ branch.reshape(-1, CHANNELS)
        found[f"a{block}_bias"] = branch.sum((0, 1, 2))
        flow = flow + spread(branch @ weights[f"a{block}"].T, CHANNELS)  # shortcut plus branch
    patches, out = kept[0]
    flow = flow * (out > 0)
    found["stem"] = patches.reshape(-1, 9).T @ flow.reshape(-1, CHANNELS)
    return found | {"stem_bias": flow.sum((0, 1, 2))}


def probabilities(logits):
    """Softmax that does not overflow."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def loss_of(weights, x, labels):
    """Mean cross-entropy, its gradient on the logits, and what the backward pass needs."""
    logits, saved = forward(weights, x)
    chances = probabilities(logits)
    rows = np.arange(len(labels))
    loss = -np.log(chances[rows, labels] + 1e-12).mean()
    chances[rows, labels] -= 1
    return loss, chances / len(labels), saved


def vary(x, random):
    """Shift by up to two pixels and mirror: changes that keep the label, so they are free data."""
    down, right, mirror = random.integers(-2, 3), random.integers(-2, 3), random.choice((1, -1))
    return np.roll(x, (down, right), axis=(1, 2))[:, :, ::mirror]


def train(x, labels, epochs=10, batch=32, rate=0.02, seed=4, report=None):
    """Adam with a rate that falls to zero in a line."""
    weights, random = new_weights(), np.random.default_rng(seed)
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    step, steps = 0, epochs * (len(x) // batch)
    for epoch in range(epochs):
        order = random.permutation(len(x))
        for start in range(0, len(x) - batch + 1, batch):
            chosen = order[start : start + batch]
            loss, gradient, saved = loss_of(weights, vary(x[chosen], random), labels[chosen])
            step += 1
            for name, slope in backward(weights, saved, gradient).items():
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.99 * second[name] + 0.01 * slope**2
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.99**step)) + 1e-8)
                weights[name] -= rate * (1 - step / steps) * move
        if report:
            report(epoch + 1, weights)
    return weights


def predict(weights, x):
    """Class probabilities for a batch of scaled images."""
    return probabilities(forward(weights, x)[0])


def accuracy(weights, x, labels):
    """Share of images whose largest probability is the right class."""
    return float((predict(weights, x).argmax(1) == labels).mean())


if __name__ == "__main__":
    images, labels, bursts = collect(objects_per_class=200)
    training, validation, _ = split(labels, bursts)
    x = scale(images, training)

    random, some = np.random.default_rng(0), np.flatnonzero(training)[:8]
    weights = {name: value + 0.1 * random.standard_normal(value.shape) for name, value in new_weights().items()}
    _, gradient, saved = loss_of(weights, x[some], labels[some])
    worst = 0.0
    for name, slope in backward(weights, saved, gradient).items():
        ends = []
        for nudge in (1e-6, -1e-6):
            moved = {key: value.copy() for key, value in weights.items()}
            moved[name].flat[1] += nudge
            ends.append(loss_of(moved, x[some], labels[some])[0])
        worst = max(worst, abs((ends[0] - ends[1]) / 2e-6 - slope.flat[1]))
    print(f"backward pass agrees with finite differences to 1e-6 in all {len(weights)} arrays: {worst < 1e-6}")
    print(f"parameters: {sum(value.size for value in new_weights().values()):,}\n\nepoch  validation loss  validation accuracy")

    def report(epoch, weights):
        if epoch in (1, 2, 4, 7, 10):
            loss = loss_of(weights, x[validation], labels[validation])[0]
            print(f"{epoch:5d}  {loss:15.2f}  {accuracy(weights, x[validation], labels[validation]):19.3f}")

    weights = train(x[training], labels[training], report=report)
    store = io.BytesIO()  # a file on disk works the same way
    np.savez(store, **weights)
    store.seek(0)
    loaded = dict(np.load(store, allow_pickle=False))  # arrays only: loading cannot run code
    same = np.array_equal(predict(loaded, x[validation]), predict(weights, x[validation]))
    print(f"\nweights saved and loaded without pickle, same predictions: {same}")
