"""Bandwidth from pins and rates, the bytes that must be in flight, and what a warp's access pattern wastes.
Run with --measure to time your own machine's memory as well."""

import sys
import time

import numpy as np

GB, GIB = 1e9, 2**30


def bandwidth(width_bits, rate_gbit):
    """GB/s of an interface: pins times bits per second and pin, in bytes."""
    return width_bits * rate_gbit / 8


STACKS = {"HBM2E": (1024, 3.6), "HBM3": (1024, 6.4), "HBM3E": (1024, 9.6), "HBM4": (2048, 8.0)}
print("GB/s per stack:", {name: round(bandwidth(*pins), 1) for name, pins in STACKS.items()})

# Rate per pin that a device really uses: its bandwidth spread over its stacks.
A100_TB_S = 2.039  # TB/s, fact:a100-sxm-80gb.memory_bandwidth
H100_TB_S = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
H200_TB_S = 4.8  # TB/s, fact:h200-sxm.memory_bandwidth
MI355X_TB_S = 8  # TB/s, fact:mi355x.memory_bandwidth
DEVICES = {  # stacks and the highest rate of their generation in Gb/s
    "A100": (A100_TB_S, 5, 3.6),
    "H100": (H100_TB_S, 5, 6.4),
    "H200": (H200_TB_S, 6, 9.6),
    "MI355X": (MI355X_TB_S, 8, 9.6),
}
print("\ndevice   stacks   Gb/s per pin   share of the generation's limit")
for name, (tb_s, stacks, limit) in DEVICES.items():
    rate = tb_s * 1e12 * 8 / (stacks * 1024) / 1e9
    print(f"{name:9}{stacks:6}{rate:15.2f}{rate / limit:14.2f}")

# One decode step of an 8-billion-parameter model in bf16 reads every weight once.
PARAMETERS_BN = 8.030261248  # bn, fact:llama-3-8b.parameters_bn
weights = PARAMETERS_BN * 1e9 * 2
PCIE5_GB_S = 63  # GB/s, fact:pcie-5.device_bandwidth
DDR5_GB_S = 8 * 51.2  # eight channels of DDR5-6400
SSD_GB_S = 4 * 32 * 128 / 130 / 8  # four lanes of PCIe 5
embeddings = 128_256 * 4096 * 2  # vocabulary x hidden; a token uses one row
print(f"\nLlama 3 8B in bf16: {weights / GB:.2f} GB, {(weights - embeddings) / GB:.2f} GB without the input embeddings")
for place, gb_s in [("HBM of an H100", H100_TB_S * 1e3), ("8 channels of DDR5-6400", DDR5_GB_S), ("PCIe 5 x16", PCIE5_GB_S), ("one PCIe 5 x4 drive", SSD_GB_S)]:
    print(f"reading 16.06 GB of weights from {place:24}{weights / gb_s / 1e6:8.1f} ms at best")

print(f"\nshared memory of an H100, 132 SMs x 128 bytes x 1.98 GHz: {132 * 128 * 1.98e9 / 1e12:.1f} TB/s")
for level, cycles in {"L1": 34, "near L2": 265, "far L2": 475, "HBM": 650}.items():  # measured at 1.755 GHz
    print(f"  {level:8}{cycles:4} cycles {cycles / 1.755:5.0f} ns")

# One 8-byte load per thread on a Hopper card with 132 SMs of 2,048 threads; TB/s as measured.
print("\noccupancy  TB/s measured  MB in flight  ns per load, by Little's law")
for occupancy, tb_s in [(64 / 2048, 0.123), (0.5, 1.707), (1.0, 2.756)]:
    mb = 132 * 2048 * occupancy * 8 / 1e6
    print(f"{occupancy:9.1%}{tb_s:15.3f}{mb:14.2f}{mb / tb_s * 1e3:14.0f}")

LATENCY_NS = 600  # assumed round trip to device memory under load
in_flight = H100_TB_S * 1e12 * LATENCY_NS * 1e-9
print(f"\nbytes in flight to keep the H100's memory busy at {LATENCY_NS} ns: {in_flight / 1e6:.2f} MB,")
print(f"  or {in_flight / 132 / 1024:.1f} KiB for each of its 132 SMs")
print(f"energy of that traffic at 3.92 pJ per bit: {H100_TB_S * 1e12 * 8 * 3.92e-12:.0f} W")
print(f"80 GB are {80 * GB / GIB:.1f} GiB; 80 GiB are {80 * GIB / GB:.1f} GB")


def sectors(stride, threads=32, size=4, sector=32):
    """32-byte sectors that one warp touches when thread i reads element i * stride."""
    return len({thread * stride * size // sector for thread in range(threads)})


def bank_conflict(stride, threads=32, banks=32):
    """Most threads that meet in one bank of shared memory: the passes the access takes."""
    return int(np.bincount([thread * stride % banks for thread in range(threads)]).max())


print("\nstride of a warp's 4-byte reads   useful bytes from device memory   passes in shared memory")
for stride in (1, 2, 4, 8, 32, 33):
    print(f"{stride:6}{128 / (sectors(stride) * 32):38.1%}{bank_conflict(stride):26}")

if "--measure" in sys.argv:
    a, b = np.ones(8_000_000), np.ones(8_000_000)
    c, best = np.empty_like(a), float("inf")
    for _ in range(5):
        start = time.perf_counter()
        np.add(a, b, out=c)
        best = min(best, time.perf_counter() - start)
    print(f"\nthis machine, one core adding arrays: {3 * a.nbytes / best / 1e9:.1f} GB/s")
