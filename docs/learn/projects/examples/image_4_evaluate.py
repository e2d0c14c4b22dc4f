"""Step 4, evaluate: accuracy with an interval, which classes are confused, calibration, and four shifts.

Pictures of one burst are not independent, so the interval resamples bursts, not pictures. The test set is
opened once, here; the temperature that mends the confidence is fitted on the validation set.
"""

import numpy as np

from image_1_collect import CLASSES, SEED, collect
from image_2_split import scale, split
from image_3_train import forward, probabilities, train


def interval(right, bursts, rounds=2000, seed=5):
    """95 % bootstrap interval of the accuracy, with the burst as the unit."""
    groups = np.unique(bursts)
    per_group = np.array([right[bursts == group].mean() for group in groups])
    drawn = np.random.default_rng(seed).integers(0, len(groups), (rounds, len(groups)))
    low, high = np.quantile(per_group[drawn].mean(1), (0.025, 0.975))
    return f"{right.mean():.3f} (95 % interval {low:.3f} to {high:.3f})"


def calibration_error(chances, labels, bins=10):
    """Mean distance between confidence and accuracy over ten bins of confidence."""
    confidence, right = chances.max(1), chances.argmax(1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((confidence[place == k] - right[place == k]).sum()) for k in range(bins)]
    return sum(gaps) / len(labels)


def fit_temperature(logits, labels):
    """The divisor of the logits that makes the validation labels most likely."""
    grid = np.arange(0.5, 4.01, 0.05)
    rows = np.arange(len(labels))
    return grid[np.argmin([-np.log(probabilities(logits / t)[rows, labels]).mean() for t in grid])]


if __name__ == "__main__":
    images, labels, bursts = collect(objects_per_class=200)
    training, validation, test = split(labels, bursts)
    x = scale(images, training)
    weights = train(x[training], labels[training])
    logits, truth = forward(weights, x[test])[0], labels[test]
    right = logits.argmax(1) == truth
    print(f"test accuracy {interval(right, bursts[test])}, {test.sum()} images of {len(set(bursts[test]))} bursts")

    print("\nrows: truth, columns: prediction\n" + " " * 10 + "".join(f"{name:>10}" for name in CLASSES) + "    recall")
    for kind, name in enumerate(CLASSES):
        guesses = np.bincount(logits[truth == kind].argmax(1), minlength=len(CLASSES))
        print(f"{name:<10}" + "".join(f"{count:10d}" for count in guesses) + f"{guesses[kind] / guesses.sum():10.2f}")

    temperature = fit_temperature(forward(weights, x[validation])[0], labels[validation])
    print(f"\ntemperature fitted on validation: {temperature:.2f}")
    for name, divisor in (("as trained", 1.0), ("with temperature", temperature)):
        error = calibration_error(probabilities(logits / divisor), truth)
        print(f"  calibration error, {name:<17} {error:.3f}")

    print("\nnew objects, one thing changed          accuracy  mean confidence  median lead in logits")
    shifts = {
        "nothing": {},
        "noise doubled": {"noise": 0.28},
        "turned by up to 90 degrees": {"tilt": np.pi / 2},
        "half the contrast": {"ink_level": 0.45},
        "dark ink on light paper": {"ink_level": 0.15, "paper": 0.75},
    }
    for name, change in shifts.items():
        fresh, kinds, _ = collect(objects_per_class=60, seed=SEED + 1, views=1, **change)
        shifted = (fresh - images[training].mean()) / images[training].std()
        logits = forward(weights, shifted)[0]
        chances, ordered = probabilities(logits / temperature), np.sort(logits, 1)
        lead = np.median(ordered[:, -1] - ordered[:, -2])  # of the largest logit over the next
        print(f"  {name:<36}  {(chances.argmax(1) == kinds).mean():8.2f}  {chances.max(1).mean():15.2f}  {lead:21.1f}")
