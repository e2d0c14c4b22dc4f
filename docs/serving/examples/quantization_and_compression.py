"""Where the error of few bits comes from and what the bits buy: scale granularity, 4-bit floats, outliers
in activations, error feedback in rounding, pruning, and the floors of five serving formats."""

import numpy as np

rng = np.random.default_rng(0)
W = rng.normal(size=(256, 256))  # one row per output, one column per input
W[:, :4] *= 20  # four input channels with large weights


def relative(approximation, exact):
    return np.linalg.norm(approximation - exact) / np.linalg.norm(exact)


def integers(x, bits, axis=None):
    """Round to a symmetric grid with one scale per slice."""
    top = 2 ** (bits - 1) - 1
    scale = np.abs(x).max(axis, keepdims=axis is not None) / top
    return np.clip(np.round(x / scale), -top, top) * scale


def blocks(x, size, fn):
    return fn(x.reshape(len(x), -1, size)).reshape(x.shape)


def fp4(x, scale):
    """Nearest value of FP4 E2M1: 0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives, times the scale."""
    grid = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6])
    y = np.abs(x) / scale
    return np.sign(x) * grid[np.abs(y[..., None] - grid).argmin(-1)] * scale


def mxfp4(x):
    top = np.abs(x).max(-1, keepdims=True)
    return fp4(x, 2.0 ** (np.floor(np.log2(top)) - 2))  # power-of-two scale; what exceeds 6 saturates


def nvfp4(x):
    scale = np.abs(x).max(-1, keepdims=True) / 6
    exponent = np.floor(np.log2(scale)) - 3  # three mantissa bits, as in E4M3; the tensor scale is left out
    return fp4(x, np.round(scale / 2.0**exponent) * 2.0**exponent)


print("weights, relative error            bits/weight")
for name, q, bits in (
    ("int4, one scale per tensor", integers(W, 4), 4),
    ("int4, per row", integers(W, 4, 1), 4 + 16 / 256),
    ("int4, groups of 32", blocks(W, 32, lambda b: integers(b, 4, 2)), 4 + 16 / 32),
    ("MXFP4, blocks of 32", blocks(W, 32, mxfp4), 4 + 8 / 32),
    ("NVFP4, blocks of 16", blocks(W, 16, nvfp4), 4 + 8 / 16),
    ("int8, per row", integers(W, 8, 1), 8 + 16 / 256),
):
    print(f"  {name:<27} {relative(q, W):.3f}  {bits:>7.2f}")
G = rng.normal(size=(256, 256))  # no outliers
keep = np.argsort(np.argsort(np.abs(G.reshape(-1, 4)), 1), 1) >= 2
pruned = np.where(keep, G.reshape(-1, 4), 0).reshape(G.shape)
grouped = blocks(G, 32, lambda b: integers(b, 4, 2))
print(f"without outliers: 2 of 4 kept {relative(pruned, G):.3f} at {(2 * 16 + 2 * 2) / 4:.0f} bits,"
      f" int4 groups of 32 {relative(grouped, G):.3f} at 4.5 bits")

# Activations: 4 of 256 channels are 60 times larger
X = rng.normal(size=(512, 256))
X[:, 100:104] *= 60
exact = X @ G.T
smooth = np.sqrt(np.abs(X).max(0) / np.abs(G).max(0))  # SmoothQuant with alpha = 0.5
H = np.ones((1, 1))
while len(H) < 256:  # Hadamard matrix: rotates by sums and differences, so each outlier spreads over all channels
    H = np.block([[H, H], [H, -H]]) / np.sqrt(2)
wide = np.abs(X).max(0) > 20
split = integers(X[:, ~wide], 8, 1) @ integers(G[:, ~wide], 8, 1).T + X[:, wide] @ G[:, wide].T
print("\n8-bit weights and activations, error of the contribution of the 252 ordinary channels")
ordinary = X[:, ~wide] @ G[:, ~wide].T
for name, got in (
    ("one activation scale", integers(X, 8) @ integers(G, 8, 1).T),
    ("smoothed", integers(X / smooth, 8) @ integers(G * smooth, 8, 1).T),
    ("rotated", integers(X @ H, 8) @ integers(G @ H, 8, 1).T),
    ("outliers kept in 16 bits", split),
):
    print(f"  {name:<25} {np.linalg.norm(got - exact) / np.linalg.norm(ordinary):.3f}")

# Rounding with error feedback (GPTQ) against rounding to nearest, 3 bits, correlated inputs
C = rng.normal(size=(512, 256)) @ (np.eye(256) + 0.4 * rng.normal(size=(256, 256)))
U = np.linalg.cholesky(np.linalg.inv(C.T @ C + 0.01 * np.mean((C**2).sum(0)) * np.eye(256))).T
scale, work, gptq = np.abs(G).max(1) / 3, G.copy(), np.empty_like(G)
for i in range(256):
    gptq[:, i] = np.clip(np.round(work[:, i] / scale), -3, 3) * scale
    work[:, i:] -= np.outer((work[:, i] - gptq[:, i]) / U[i, i], U[i, i:])
print("\n3 bits per row            weights  output")
for name, q in (("round to nearest", integers(G, 3, 1)), ("with error feedback", gptq)):
    print(f"  {name:<22}  {relative(q, G):>7.3f}  {relative(C @ q.T, C @ G.T):>6.3f}")

# Floors: Llama 3 8B on NVIDIA H100 SXM5, 16-bit cache
PARAMETERS_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
TABLES_BN = 2 * 128256 * 4096 / 1e9  # input and output table: vocabulary x hidden size each
TOKEN = 2 * 32 * 8 * 128 * 2  # cache bytes a token: 2 x layers x KV heads x head_dim x 2 bytes
BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PEAK_FP8 = 1978.9  # TFLOPS dense, fact:h100-sxm.peak_dense.fp8
print("\nat best           GB  decode ms, 1 user  64 users  prefill ms  contexts of 8,192 in 80 / 24 GB")
for name, bits, peak in (
    ("bf16", 16, PEAK_BF16),
    ("fp8 W8A8", 8, PEAK_FP8),
    ("int4 g32 W4A16", 4.5, PEAK_BF16),
    ("  16-bit tables", 4.5 + 11.5 * TABLES_BN / PARAMETERS_BN, PEAK_BF16),
    ("2:4 sparse bf16", 9, 2 * PEAK_BF16),
):
    size = PARAMETERS_BN * bits / 8
    one, many = ((size * 1e9 + users * 2048 * TOKEN) / BANDWIDTH / 1e9 for users in (1, 64))
    fit = [int((0.9 * memory - size) * 1e9 // (8192 * TOKEN)) for memory in (80, 24)]
    print(f"  {name:<15} {size:>4.1f}  {one:>16.2f}  {many:>8.2f}  {2 * PARAMETERS_BN * 2048 / peak:>10.1f}  {fit[0]:>14} / {fit[1]}")
