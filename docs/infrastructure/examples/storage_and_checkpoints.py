"""How often to save a training run, what saving costs, and how many reads data loading needs.

Compares Young's square-root rule with the exact expectation for random failures, takes the
write off the critical path, at its bound and as measured once, and counts the requests in
flight for small and large files.
"""

import math

PARAMETERS = 70e9
STORAGE = 100e9  # B/s, assumed: what the file system accepts from all ranks together
MTBF = 3 * 3600  # s, assumed for the whole job
HOST_LINK = 63e9  # B/s, one direction, PCIe 5.0 x16
RANKS = 1024

# bf16 weights, and in fp32: master weights, first and second moment
BYTES_PER_PARAMETER = {"weights": 2, "master": 4, "momentum": 4, "variance": 4}


def young(write, mtbf):
    return math.sqrt(2 * write * mtbf)


def lost(interval, write, mtbf):
    """Share of elapsed time lost to saving and to repeated work, failures being exponential."""
    elapsed = mtbf * math.expm1((interval + write) / mtbf)  # expected, per interval of kept work
    return 1 - interval / elapsed


def lost_async(interval, stall, write, mtbf):
    """The same to first order, when only the copy stalls and a save counts once it is written."""
    return stall / interval + (interval / 2 + write) / mtbf


size = PARAMETERS * sum(BYTES_PER_PARAMETER.values())
write = size / STORAGE
print(f"checkpoint {size / 1e9:.0f} GB at {sum(BYTES_PER_PARAMETER.values())} B per parameter, written in {write:.1f} s")

best = young(write, MTBF)
exact = min((best * i / 1000 for i in range(100, 2000)), key=lambda t: lost(t, write, MTBF))
print(f"Young: every {best / 60:.1f} min; exact optimum {exact / 60:.1f} min")
for minutes in (1, best / 60, 30, 60):
    print(f"save every {minutes:.1f} min: {lost(minutes * 60, write, MTBF):.1%} of the time lost")
for mtbf in (3, 12, 48):
    t = young(write, mtbf * 3600)
    print(f"MTBF {mtbf} h: every {t / 60:.1f} min, {lost(t, write, mtbf * 3600):.1%} lost")

stall = size / RANKS / HOST_LINK
interval = max(young(stall, MTBF), write)
print(f"async over {RANKS} ranks: stall {stall * 1e3:.0f} ms at best, every {interval:.0f} s, "
      f"{lost_async(interval, stall, write, MTBF):.2%} lost; storage busy {write / interval:.0%}")
relaxed = 300
print(f"async every {relaxed} s: {lost_async(relaxed, stall, write, MTBF):.2%} lost, storage busy {write / relaxed:.0%}")

SYNCHRONOUS, STALL = 148.8, 6.3  # s, measured for a 7B model before and after asynchronous saving (PyTorch and IBM)
t, u = young(SYNCHRONOUS, MTBF), young(STALL, MTBF)
print(f"measured: a save of {SYNCHRONOUS} s, every {t / 60:.1f} min, {lost(t, SYNCHRONOUS, MTBF):.1%} lost; "
      f"a stall of {STALL} s, every {u / 60:.1f} min, {lost_async(u, STALL, SYNCHRONOUS, MTBF):.1%} lost")

DEMAND, LATENCY, STREAM = 2.2e9, 0.030, 100e6  # B/s wanted, s per request, B/s per request: all assumed
for name, file_size in (("110 kB images", 110e3), ("256 MB shards", 256e6)):
    rate = DEMAND / file_size
    print(f"{name}: {rate:.1f} requests/s, {rate * (LATENCY + file_size / STREAM):.0f} in flight")
