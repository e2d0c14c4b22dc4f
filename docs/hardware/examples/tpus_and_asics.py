"""Will a model fill the grid? A systolic array clock by clock; the two ceilings of one matrix product (cells
that have work, rows that pay for reading the weights); a test of the first against published training rates;
and the price at which another chip is worth moving to."""

import math

import numpy as np


def systolic(a, b):
    """Multiply two n x n matrices on an n x n array whose sums stay in place. Row i of a enters from the
    left and column i of b from above, i clocks late; every cell passes both on."""
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


a, b = np.random.default_rng(0).integers(-3, 4, (2, 8, 8))
product, busy = systolic(a, b)
assert (product == a @ b).all()
share = sum(busy) / (len(busy) * 64)
print(f"8 x 8 on an 8 x 8 array: {len(busy)} clocks, {sum(busy)} products, utilisation {share:.3f}")
print("  cells busy per clock:", *busy)
print(f"  weights in place, n = 128, 1,024 rows, passes one by one: {1024 / (1024 + 2 * 128 - 2):.1%}")


def ceilings(m, k, w, n, ridge):
    """Shares of the peak that m rows through k x w weights can reach, 16-bit, weights read once from HBM."""
    tiles = k * w / (math.ceil(k / n) * n * math.ceil(w / n) * n)
    return tiles * m / max(m, n), min(1, m / ridge)


PEAK = 2307  # TFLOPS, fact:tpu-v7.peak_dense.bf16
BANDWIDTH = 7.37  # TB/s, fact:tpu-v7.memory_bandwidth
N, RIDGE = 256, PEAK / BANDWIDTH  # Google prints no grid size for v7; 256 is assumed
print(f"\nTPU v7, ridge {RIDGE:.0f} rows, grid {N}: share of cells with work, share that memory allows")
for name, m, k, w in (
    ("70B, MLP, 64 sequences decoding", 64, 8192, 28672),
    ("70B, MLP, prompt of 8,192", 8192, 8192, 28672),
    ("70B, attention scores, head of 128", 8192, 128, 8192),
    ("gpt-oss, attention scores, head of 64", 8192, 64, 8192),
    ("gpt-oss, one expert, prompt of 8,192", 8192 * 4 // 128, 2880, 5760),
):
    grid, memory = ceilings(m, k, w, N, RIDGE)
    binds = "grid" if grid < memory else "memory" if memory < 1 else "neither"
    print(f"  {name:<38}{grid:7.1%}{memory:8.1%}  bound by {binds}")

# Training of Llama 3.1 70B: GFLOP per token outside attention, and in causal attention at each length
PARAMETERS = 70.554  # bn, fact:llama-3-70b.parameters_bn
OTHER = 6 * (PARAMETERS - 128256 * 8192 / 1e9)  # without the input embedding, a look-up
ATTENTION = {length: 3 * 80 * 2 * length * 8192 / 1e9 for length in (8192, 131072)}
short, long = ((OTHER + x) / (OTHER + 2 * x) for x in ATTENTION.values())  # attention at half the rate
print(f"\ntext of 131,072 tokens instead of 8,192: rate predicted {long / short:.2f}, published {897.94 / 1207.05:.2f}")

# tokens per second and chip, TPU v7 and GB200, same chips, batch, length and width of format; the makers' own runs
PAIRS = {
    "Llama 3.1 70B, fp8": (4127.56, 4224),
    "Llama 3.1 405B, fp8": (763.54, 864),
    "Qwen3-235B-A22B, bf16": (4245.89, 4916),
    "DeepSeek-V3, bf16": (2446.25, 3139),
    "gpt-oss-120b, bf16": (9581.66, 15876),
}
POD = 10e6 / 9216  # W per TPU v7, from the power of a pod
GPU_LIMIT = 1200  # W, fact:gb200.power_w
print("\nTPU v7 over GB200: rate (the highest price ratio that pays), tokens per joule")
for name, (tpu, gpu) in PAIRS.items():
    print(f"  {name:<24}{tpu / gpu:.2f}{tpu / gpu * GPU_LIMIT / POD:8.2f}")

BILL, PORT = 200_000, 120_000  # USD a month, and for six engineer-months: assumptions
for name, rate in (("rate 0.98", 0.98), ("rate 0.60", 0.60)):
    saving = BILL * (1 - 0.7 / rate)
    pays = f"the port is paid back in {PORT / saving:.1f} months" if saving > 0 else "never paid back"
    print(f"  price ratio 0.7, {name}: {saving:+,.0f} USD a month, {pays}")

lengths = np.arange(1, 2049)  # every prompt length equally likely: an assumption
print("\nprompts of 1 to 2,048 tokens, padded up to a compiled shape")
BUCKETS = {"one shape": [2048], "powers of 2 from 128": 128 * 2 ** np.arange(5), "multiples of 128": np.arange(128, 2049, 128)}
for label, shapes in BUCKETS.items():
    shapes = np.array(shapes)
    padded = shapes[np.searchsorted(shapes, lengths)]
    print(f"  {label:<22}{len(shapes):>3} programs, {1 - lengths.sum() / padded.sum():5.1%} of the tokens are padding")
