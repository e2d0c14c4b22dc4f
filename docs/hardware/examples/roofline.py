"""The roofline of three devices: where each stops waiting for memory, and what seven kernels can reach."""

import math

A100_BANDWIDTH = 2.039  # TB/s, fact:a100-sxm-80gb.memory_bandwidth
A100_BF16 = 312  # TFLOPS dense, fact:a100-sxm-80gb.peak_dense.bf16
H100_BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
H100_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
B200_BANDWIDTH = 7.7  # TB/s, fact:b200.memory_bandwidth
B200_BF16 = 2250  # TFLOPS dense, fact:b200.peak_dense.bf16

DEVICES = {
    "A100": (A100_BF16, A100_BANDWIDTH),
    "H100": (H100_BF16, H100_BANDWIDTH),
    "B200": (B200_BF16, B200_BANDWIDTH),
}

# The same devices with the rounded figures that are often quoted.
ROUNDED = {"A100": (312, 2.0), "H100": (989, 3.35), "B200": (2250, 8.0)}


def gemm_intensity(m: int, n: int, k: int, bytes_per_value: int = 2) -> float:
    """FLOP per byte of C = A·B when each matrix crosses the memory bus once."""
    return 2 * m * n * k / (bytes_per_value * (m * k + k * n + m * n))


def attainable(intensity: float, peak: float, bandwidth: float) -> float:
    """TFLOPS at best: the lower of the two roofs. TB/s times FLOP/byte is TFLOPS."""
    return min(peak, intensity * bandwidth)


def batch_at_ridge(peak: float, bandwidth: float, width: int) -> float:
    """Smallest batch whose bf16 GEMM with a square weight matrix is compute-bound: m * w / (2m + w) = ridge."""
    ridge = peak / bandwidth
    return math.ceil(ridge * width / (width - 2 * ridge)) if width > 2 * ridge else math.inf


def attention_intensity(query_heads: int, entries: int, key_width: int, value_width: int, stored_width: int) -> float:
    """FLOP per byte of one new token against a 16-bit cache: products with keys and with values."""
    return query_heads * 2 * (key_width + value_width) / (2 * entries * stored_width)


WORKLOADS = {
    "SAXPY fp32": 2 / 12,  # 2 FLOP per element; reads x and y, writes y
    "GEMV bf16, n=4096": gemm_intensity(1, 4096, 4096),
    "GEMM bf16, batch 64": gemm_intensity(64, 4096, 4096),
    "GEMM bf16, batch 512": gemm_intensity(512, 4096, 4096),
    "GEMM bf16, n=4096": gemm_intensity(4096, 4096, 4096),
    # 32 query heads, 8 key-value heads of 128; keys and values stored side by side
    "attention, Llama 3 8B": attention_intensity(32, 8, 128, 128, 256),
    # 128 query heads share one entry of 512 + 64 values, of which 512 serve as the value too
    "attention, DeepSeek-V3": attention_intensity(128, 1, 576, 512, 576),
}

print("device  ridge FLOP/byte  from rounded figures  batch at ridge (n=4096)")
for name, (peak, bandwidth) in DEVICES.items():
    rounded_peak, rounded_bandwidth = ROUNDED[name]
    ridge, rounded = peak / bandwidth, rounded_peak / rounded_bandwidth
    print(f"{name:7}{ridge:16.1f}{rounded:22.0f}{batch_at_ridge(peak, bandwidth, 4096):25}")

print("\nworkload               FLOP/byte   attainable TFLOPS: " + "  ".join(f"{name:>7}" for name in DEVICES))
for name, intensity in WORKLOADS.items():
    rates = "  ".join(f"{attainable(intensity, *device):7.1f}" for device in DEVICES.values())
    print(f"{name:22}{intensity:10.2f}   {'':18}{rates}")

peak, bandwidth = DEVICES["H100"]
share = attainable(WORKLOADS["GEMV bf16, n=4096"], peak, bandwidth) / peak
print(f"\nA GEMV on the H100 can use {100 * share:.2f} % of its peak, at best.")
