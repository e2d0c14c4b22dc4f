"""What each small format can hold: largest values, bits per value with block scales, the error that
scales save, and a sum that gets stuck unless it is kept in a wider format or rounded at random."""

import numpy as np


def magnitudes(exponent_bits, mantissa_bits, specials):
    """All finite magnitudes of a format. specials: 'ieee' (top exponent kept for infinity and NaN),
    'fn' (only the very last code is NaN) or 'none'."""
    bias = 2 ** (exponent_bits - 1) - 1
    values = []
    for exponent in range(2**exponent_bits - (specials == "ieee")):
        for mantissa in range(2**mantissa_bits):
            fraction = mantissa / 2**mantissa_bits
            if exponent == 0:  # subnormal: no leading one
                values.append(fraction * 2.0 ** (1 - bias))
            else:
                values.append((1 + fraction) * 2.0 ** (exponent - bias))
    return np.array(values[:-1] if specials == "fn" else values)


FORMATS = {
    "fp16": (5, 10, "ieee"),
    "bf16": (8, 7, "ieee"),
    "fp8 e5m2": (5, 2, "ieee"),
    "fp8 e4m3": (4, 3, "fn"),
    "fp6 e3m2": (3, 2, "none"),
    "fp6 e2m3": (2, 3, "none"),
    "fp4 e2m1": (2, 1, "none"),
}
print("format          largest  smallest above 0  values per sign")
for name, layout in FORMATS.items():
    grid = magnitudes(*layout)
    print(f"{name:10}{grid[-1]:13.5g}{grid[1]:18.4g}{len(grid):17,}")

print("\nbits per value:", {"mxfp8": 8 + 8 / 32, "mxfp6": 6 + 8 / 32, "mxfp4": 4 + 8 / 32, "nvfp4": 4 + 8 / 16})

E2M1, E4M3 = magnitudes(2, 1, "none"), magnitudes(4, 3, "fn")
INT4 = np.arange(8.0)  # magnitudes of a symmetric 4-bit integer


def nearest(values, grid):
    """Round magnitudes to the nearest value of a grid; beyond its end they saturate."""
    middles = (grid[1:] + grid[:-1]) / 2
    return np.sign(values) * grid[np.searchsorted(middles, np.abs(values))]


def quantize(x, block, grid, scale_of):
    """Quantize in blocks that share scale_of(largest magnitude), and return the values restored."""
    blocks = x.reshape(-1, block)
    scale = scale_of(np.abs(blocks).max(1, keepdims=True))
    scale = np.where(scale > 0, scale, 1)  # a block of zeros, or one too small for its scale
    return (nearest(blocks / scale, grid) * scale).reshape(-1)


def power_of_two(largest):  # E8M0 as the MX specification derives it: exponents only
    return 2.0 ** (np.floor(np.log2(np.maximum(largest, 2.0**-125))) - 2)  # leaves the largest between 4 and 8; 6 is the end


def nvfp4_scale(largest):  # an E4M3 number; the FP32 tensor scale brings the largest one to 448
    tensor = largest.max() / (6 * 448)
    return nearest(largest / 6 / tensor, E4M3) * tensor


METHODS = {
    "e2m1, one scale per tensor": lambda x: quantize(x, x.size, E2M1, lambda m: m / 6),
    "mxfp4: blocks of 32, e8m0": lambda x: quantize(x, 32, E2M1, power_of_two),
    "between: blocks of 16, e8m0": lambda x: quantize(x, 16, E2M1, power_of_two),
    "nvfp4: blocks of 16, e4m3": lambda x: quantize(x, 16, E2M1, nvfp4_scale),
    "int4: blocks of 32, fp16": lambda x: quantize(x, 32, INT4, lambda m: np.float16(m / 7).astype(float)),
}
rng = np.random.default_rng(0)
plain = rng.normal(size=65_536)
ordinary = np.arange(plain.size) % 1024 != 0
spiky = np.where(ordinary, plain, 60.0)  # one value in 1,024 is an outlier
print("\nrelative error of the ordinary values   no outliers   with outliers")
for name, method in METHODS.items():
    errors = [np.linalg.norm((method(x) - x)[ordinary]) / np.linalg.norm(x[ordinary]) for x in (plain, spiky)]
    print(f"{name:37}{errors[0]:14.3f}{errors[1]:16.3f}")


def bf16(x, draw=0.5):
    """Round to bf16. draw 0.5 rounds to nearest; a random draw in [0, 1) rounds stochastically."""
    bits = int(np.float32(x).view(np.uint32))
    return np.uint32(((bits + int(draw * 65536)) >> 16) << 16).view(np.float32)


terms = [float(t) for t in rng.uniform(size=10_000)]
kept, random = np.float32(0), np.float32(0)
for term in terms:
    kept = bf16(kept + np.float32(term))
    random = bf16(random + np.float32(term), rng.random())
print(f"\nsum of 10,000 values: {sum(terms):.0f} exact, {kept:.0f} in bf16, {random:.0f} in bf16 with stochastic rounding")
