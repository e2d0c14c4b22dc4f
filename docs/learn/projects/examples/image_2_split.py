"""Step 2, split: keep every burst on one side, and see what happens to those who do not.

The judge is the simplest classifier there is, the nearest neighbour: it can only copy a label from the
training set, so whatever it gains on a careless split is memory and not skill.
"""

import numpy as np

from image_1_collect import CLASSES, collect


def split(labels, bursts, shares=(0.6, 0.2, 0.2), seed=1):
    """Masks for training, validation and test; a burst stays whole, and every class is cut alike."""
    random, parts = np.random.default_rng(seed), [[], [], []]
    for kind in range(len(CLASSES)):
        order = random.permutation(np.unique(bursts[labels == kind]))
        bounds = np.round(np.cumsum((0, *shares)) * len(order)).astype(int)
        for part, start, end in zip(parts, bounds[:-1], bounds[1:]):
            part.extend(order[start:end])
    return [np.isin(bursts, part) for part in parts]


def scale(images, training):
    """Mean and spread come from the training images alone: the test set must not leak through them."""
    mean, spread = images[training].mean(), images[training].std()
    return (images - mean) / spread


def nearest_neighbour(pixels, labels, known, asked):
    """Accuracy of copying the label of the closest known picture."""
    flat = pixels.reshape(len(pixels), -1)
    a, b = flat[asked], flat[known]
    distance = (a * a).sum(1)[:, None] - 2 * a @ b.T + (b * b).sum(1)
    return float((labels[known][distance.argmin(1)] == labels[asked]).mean())


if __name__ == "__main__":
    images, labels, bursts = collect(objects_per_class=200)
    training, validation, test = split(labels, bursts)
    for name, part in (("training", training), ("validation", validation), ("test", test)):
        shares = np.bincount(labels[part], minlength=len(CLASSES)).tolist()
        print(f"{name:<11} {part.sum():5d} images of {len(set(bursts[part])):3d} bursts, per class {shares}")
    shared = set(bursts[training]) & set(bursts[test])
    print(f"bursts on both sides: {len(shared)}")
    print(f"scaling, from training alone: mean {images[training].mean():.1f}, spread {images[training].std():.1f}")

    careless = np.random.default_rng(2).permutation(len(images)) < 0.8 * len(images)
    both = set(bursts[careless]) & set(bursts[~careless])
    pixels = scale(images, training)
    print(f"\nsplit by picture: {len(both)} of {bursts.max() + 1} bursts stand on both sides")
    print(f"  nearest neighbour, split by picture: {nearest_neighbour(pixels, labels, careless, ~careless):.3f}")
    print(f"  nearest neighbour, split by burst:   {nearest_neighbour(pixels, labels, training | validation, test):.3f}")
    print("The difference is leakage: the same object was in the training set, seen a moment earlier.")
