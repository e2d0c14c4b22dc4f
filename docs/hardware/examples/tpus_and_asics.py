"""A systolic array clock by clock, then three calculations it implies: the rows it needs to be busy,
the widths it pads, and the compiled shapes a static compiler asks for. Last: models in on-chip memory."""

import math

import numpy as np


def systolic(a, b):
    """Multiply two n x n matrices on an n x n array whose results stay in place. Row i of a enters
    from the left and column i of b from above, each i clocks late; every cell passes both on."""
    n = len(a)
    left, above, total, busy = np.zeros((n, n), int), np.zeros((n, n), int), np.zeros((n, n), int), []
    for clock in range(3 * n - 2):
        left, above = np.roll(left, 1, axis=1), np.roll(above, 1, axis=0)
        for i in range(n):
            inside = 0 <= clock - i < n
            left[i, 0] = a[i, clock - i] if inside else 0
            above[0, i] = b[clock - i, i] if inside else 0
        total += left * above
        busy.append(sum(0 <= clock - i - j < n for i in range(n) for j in range(n)))
    return total, busy


rng = np.random.default_rng(0)
a, b = rng.integers(-3, 4, (8, 8)), rng.integers(-3, 4, (8, 8))
product, busy = systolic(a, b)
assert (product == a @ b).all()
share = sum(busy) / (len(busy) * 64)
print(f"8 x 8 on an 8 x 8 array: {len(busy)} clocks, {sum(busy)} products, utilisation {share:.3f}")
print("  cells busy per clock:", *busy)

print("\nweights in place, m rows streamed through: m + 2n - 2 clocks alone, max(m, n) if passes overlap")
for n in (128, 256):
    shares = ", ".join(f"{m}: {m / (m + 2 * n - 2):.1%} to {m / max(m, n):.1%}" for m in (8, 128, 1024, 8192))
    print(f"  n = {n}, utilisation by m  {shares}")

print("\nuseful share of the cells, inner dimension and width padded to the array")
for k, width in ((4096, 4096), (128, 4096), (64, 4096), (4100, 4100)):
    fill = [k * width / (math.ceil(k / n) * n * math.ceil(width / n) * n) for n in (128, 256)]
    print(f"  {k:>4} x {width}: {fill[0]:6.1%} at n = 128, {fill[1]:6.1%} at n = 256")

# clock in GHz, cells of one array, arrays per chip; the result should be the printed peak
CHIPS = {
    "TPU v1, int8": (0.700, 256**2, 1, 92),
    "TPU v3, bf16": (0.940, 128**2, 4, 123),  # TFLOPS, fact:tpu-v3.peak_dense.bf16
    "TPU v4, bf16": (1.050, 128**2, 8, 275),  # TFLOPS, fact:tpu-v4.peak_dense.bf16
    "TPU v5e, bf16": (1.500, 128**2, 4, 197),  # TFLOPS, fact:tpu-v5e.peak_dense.bf16
    "Gaudi 3, bf16": (1.600, 256**2, 8, 1835),  # TFLOPS, fact:gaudi-3.peak_dense.bf16
}
print("\npeak = clock x cells x arrays x 2")
for name, (clock, cells, arrays, printed) in CHIPS.items():
    print(f"  {name:<14}{clock * cells * arrays * 2 / 1e3:7.1f}, printed {printed}")

lengths = np.arange(1, 2049)  # every prompt length equally likely: an assumption
print("\nprompts of 1 to 2,048 tokens, padded up to a compiled shape")
for label, shapes in (
    ("one shape", np.array([2048])),
    ("powers of 2 from 128", 128 * 2 ** np.arange(5)),
    ("multiples of 128", np.arange(128, 2049, 128)),
):
    padded = shapes[np.searchsorted(shapes, lengths)]
    print(f"  {label:<22}{len(shapes):>3} programs, {1 - lengths.sum() / padded.sum():5.1%} of the tokens are padding")

PARAMETERS = 70.6  # bn, fact:llama-3-70b.parameters_bn
MEMORY = {
    "H100": 80,  # GB, fact:h100-sxm.memory_gb
    "TPU v6e": 32,  # GB, fact:tpu-v6e.memory_gb
    "WSE-3": 44,  # GB, fact:cerebras-wse-3.memory_gb
    "Groq LPU": 0.23,  # GB, fact:groq-lpu-1.memory_gb
}
print("\ndevices that hold Llama 3 70B at 8 bits, without any cache")
print("  " + ", ".join(f"{name}: {math.ceil(PARAMETERS / gb)}" for name, gb in MEMORY.items()))
