"""Preprocessing by modality, counted: byte-pair merges, bytes per script, aliased resizing,
a spectrogram's shape and a leaked label in tabular and time-ordered data."""

from collections import Counter

import numpy as np

rng = np.random.default_rng(0)


def merge(word, pair):
    """Join every occurrence of a pair in a tuple of symbols, from the left."""
    out, i = [], 0
    while i < len(word):
        if word[i : i + 2] == pair:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return tuple(out)


def learn(text, merges):
    """Byte-pair encoding on characters: merge the most frequent neighbours, again and again."""
    words, learned = Counter((*w, "</w>") for w in text.split()), []
    for _ in range(merges):
        pairs = Counter()
        for word, count in words.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        best = max(pairs, key=lambda p: (pairs[p], p))
        learned.append(best)
        words = Counter({merge(w, best): n for w, n in words.items()})
    return learned


def encode(word, learned):
    symbols = (*word, "</w>")
    for pair in learned:
        symbols = merge(symbols, pair)
    return symbols


corpus = "low lower lowest newest newest widest " * 5
learned = learn(corpus, 8)
print("merges:", " ".join(a + b for a, b in learned))
for word in ("newest", "lowest", "wider"):
    tokens = encode(word, learned)
    print(f"  {word:<7} {len(word) + 1} symbols -> {len(tokens)}: {' '.join(tokens)}")
for name, text in (("English", "water"), ("Greek", "νερό"), ("Hindi", "पानी"), ("Thai", "น้ำ")):
    print(f"  {name:<8} {len(text)} code points, {len(text.encode())} bytes")

stripes = np.tile([0.0, 1.0], 32)  # the finest pattern 64 pixels can hold
print(
    f"\n64 pixels of 0 1 0 1 ... to 16: every 4th pixel gives mean {stripes[::4].mean():.2f}"
    f", averaging 4 gives {stripes.reshape(-1, 4).mean(1).mean():.2f}"
)
pixels = rng.integers(0, 256, (8, 224, 224, 3)).astype(np.uint8)
raw, scaled = pixels.astype(np.float32), pixels.astype(np.float32) / 255
for name, x in (("scaled to 0..1", scaled), ("left at 0..255", raw)):
    print(f"  {name}: mean after (x - 0.5) / 0.25 is {((x - 0.5) / 0.25).mean():.1f}")

RATE, WINDOW, HOP, SECONDS, MELS = 16_000, 400, 160, 30, 80
frames = RATE * SECONDS // HOP
print(
    f"\n{SECONDS} s at {RATE:,} Hz: {RATE * SECONDS:,} samples"
    f"; windows of {WINDOW} every {HOP}: {frames:,} frames x {MELS} mel bands"
)
t = np.arange(WINDOW) / RATE
spectrum = np.abs(np.fft.rfft(np.hanning(WINDOW) * np.sin(2 * np.pi * 1000 * t)))
print(
    f"  {spectrum.size} frequencies {RATE / WINDOW:.0f} Hz apart"
    f"; a 1,000 Hz tone peaks at {spectrum.argmax() * RATE / WINDOW:.0f} Hz"
)
fast = np.sin(2 * np.pi * 10_000 * np.arange(WINDOW) * 1 / RATE)  # above half the sampling rate
alias = np.abs(np.fft.rfft(np.hanning(WINDOW) * fast)).argmax() * RATE / WINDOW
print(f"  a 10,000 Hz tone sampled at {RATE:,} Hz appears at {alias:.0f} Hz")


def accuracy(select_first, rows=100, columns=5000, keep=20, runs=20):
    """Pure noise: nearest class mean on the columns that correlate with the label."""
    scores = []
    for seed in range(runs):
        r = np.random.default_rng(seed)
        x, y = r.standard_normal((rows, columns)), np.repeat([0, 1], rows // 2)
        order = r.permutation(rows)
        x, y = x[order], y[order]
        train, test = slice(0, rows // 2), slice(rows // 2, rows)
        seen = slice(None) if select_first else train
        difference = np.abs(x[seen][y[seen] == 1].mean(0) - x[seen][y[seen] == 0].mean(0))
        best = np.argsort(difference)[-keep:]
        means = [x[train][y[train] == c][:, best].mean(0) for c in (0, 1)]
        distance = [((x[test][:, best] - m) ** 2).sum(1) for m in means]
        scores.append(((distance[1] < distance[0]) == y[test]).mean())
    return np.mean(scores)


print("\nlabels are coin tosses, 5,000 noise columns, 20 kept; accuracy on held-out rows")
print(f"  columns chosen on all rows      {accuracy(True):.2f}")
print(f"  columns chosen on training rows {accuracy(False):.2f}")

near, late = [], []
for seed in range(200):
    r = np.random.default_rng(seed)
    walk, shuffled = np.cumsum(r.standard_normal(2000)), r.permutation(2000)
    test, train = np.sort(shuffled[:400]), np.sort(shuffled[400:])
    after = np.searchsorted(train, test).clip(1, len(train) - 1)  # first known day after each test day
    left, right = train[after - 1], train[after]
    nearest = np.where(test - left <= right - test, left, right)
    near.append(np.abs(walk[nearest] - walk[test]).mean())
    late.append(np.abs(walk[1599] - walk[1600:]).mean())
print("\n200 random walks, predicted by the value of the nearest known day: mean absolute error")
for name, errors in (("random split", near), ("split by time", late)):
    low, middle, high = np.quantile(errors, (0.05, 0.5, 0.95))
    print(f"  {name:<14} median {middle:>5.2f}, nine in ten between {low:.2f} and {high:.2f}")
