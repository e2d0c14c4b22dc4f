"""A small column store and query plan that count bytes read: rows against columns, a plan before and after
pushdown, sorted against shuffled data, Bloom filters, dictionary encoding, streaming groups, and what a join sends."""

import math

import numpy as np

rng = np.random.default_rng(0)
N = 200_000
TABLE = {  # four columns of 8 bytes
    "id": np.arange(N),
    "group": np.arange(N) % 7,
    "value": np.arange(N) * 0.5,
    "day": np.arange(N) * 365 // N,
}
WIDTH = 8

rows = list(zip(*(column.tolist() for column in TABLE.values())))
compared = added = 0
by_row = 0.0
for _, group, value, _ in rows:
    compared += 1
    if group == 3:
        added += 1
        by_row += value
mask = TABLE["group"] == 3  # one array call
by_column = TABLE["value"][mask].sum()  # two more
assert by_row == by_column
print(f"sum(value) where group = 3, {N:,} rows of 4 columns")
print(
    f"  rows     {4 * WIDTH} bytes a row read"
    f", {N * 4 * WIDTH / 1e6:.1f} MB, {compared + added:,} interpreted comparisons and additions"
)
print(f"  columns  {2 * WIDTH} bytes a row read, {N * 2 * WIDTH / 1e6:.1f} MB, 3 array calls")


class File:
    """Columns cut into row groups, with the smallest and largest value of each piece, as in Parquet."""

    def __init__(self, table, size=10_000):
        self.groups = [{name: c[i : i + size] for name, c in table.items()} for i in range(0, N, size)]
        self.bounds = [{name: (c.min(), c.max()) for name, c in g.items()} for g in self.groups]


def optimise(plan):
    """Move the projection and the filter of a plan (scan, filter, select, sum) into the scan."""
    pushed = {"scan": plan["scan"], "columns": sorted({plan["filter"][0], plan["sum"]}), "skip": plan["filter"]}
    return {**pushed, "filter": plan["filter"], "sum": plan["sum"]}


def run(plan):
    """Execute a plan; return the sum, the bytes read and the row groups touched."""
    column, low, high = plan["filter"]
    total, read, touched = 0.0, 0, 0
    for group, bounds in zip(plan["scan"].groups, plan["scan"].bounds):
        if "skip" in plan and (bounds[column][1] < low or bounds[column][0] > high):
            continue
        touched += 1
        loaded = {name: group[name] for name in plan.get("columns", group)}
        read += sum(c.nbytes for c in loaded.values())
        keep = (loaded[column] >= low) & (loaded[column] <= high)
        total += loaded[plan["sum"]][keep].sum()
    return total, read, touched


order = rng.permutation(N)
print("\nsum(value) where day between 100 and 106, 20 row groups")
for name, table in (("sorted by day", TABLE), ("shuffled", {k: c[order] for k, c in TABLE.items()})):
    plan = {"scan": File(table), "filter": ("day", 100, 106), "sum": "value"}
    before, after = run(plan), run(optimise(plan))
    assert before[0] == after[0]
    for stage, (_, read, touched) in (("as written", before), ("optimised ", after)):
        print(f"  {name:<13} {stage} {read / 1e6:>5.2f} MB from {touched:>2} row groups")
print("  optimised plan: scan(columns=[day, value], skip groups outside 100..106) -> filter -> sum")

BITS, HASHES = 10, 7  # bits of filter a value, positions set for each


def places(ids, size):
    """Pseudo-random positions of each id in a filter of `size` bits."""
    x = np.asarray(ids, np.uint64)[..., None] + np.arange(1, HASHES + 1, dtype=np.uint64) * np.uint64(
        0x9E3779B97F4A7C15
    )
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
    return (x ^ (x >> np.uint64(31))) % np.uint64(size)


scattered = File({"id": order})
filters = []
for group in scattered.groups:
    bits = np.zeros(BITS * len(group["id"]), bool)
    bits[places(group["id"], bits.size)] = True
    filters.append(bits)
wanted = rng.choice(N, 1_000, replace=False)  # ids to look up, one by one
by_bounds = np.mean([sum(b["id"][0] <= i <= b["id"][1] for b in scattered.bounds) for i in wanted])
by_filter = np.mean([sum(bits[places(i, bits.size)].all() for bits in filters) for i in wanted])
chunk, size = 10_000 * WIDTH / 1e6, sum(bits.size for bits in filters) / 8 / 1e6
print("\none id among shuffled rows, mean of 1,000 look-ups")
print(f"  bounds alone   {by_bounds:>5.2f} row groups, {by_bounds * chunk:.2f} MB")
print(f"  Bloom filters  {by_filter:>5.2f} row groups, {by_filter * chunk:.2f} MB and {size:.2f} MB of filters")

countries = 200
bits = math.ceil(math.log2(countries))
print(
    f"\n{N:,} country names of 12 bytes, {countries} distinct"
    f": plain {N * 12 / 1e6:.2f} MB, dictionary {(countries * 12 + N * bits / 8) / 1e6:.2f} MB"
)

batch, groups = 10_000, 7
sums, counts, medians = np.zeros(groups), np.zeros(groups), []
for i in range(0, N, batch):
    g, v = TABLE["group"][i : i + batch], TABLE["value"][i : i + batch] ** 2
    sums += np.bincount(g, v, groups)
    counts += np.bincount(g, minlength=groups)
    medians.append(np.median(v))
exact = TABLE["value"] ** 2
assert np.isclose((sums / counts)[3], exact[mask].mean())
print(
    f"\nmean of value² by group in batches of {batch:,}: {2 * batch * WIDTH / 1e3:.0f} kB of input held"
    f" instead of {2 * N * WIDTH / 1e6:.1f} MB"
)
print(f"  median cannot be merged: mean of batch medians is {np.mean(medians) / np.median(exact):.2f} times the median")

big, workers, partitions = 100.0, 16, 1_000  # GB, machines, pieces of the input
print(f"\n{big:.0f} GB on {workers} machines, bytes sent over the network")
for small in (0.01, 1, 10):
    shuffle, broadcast = (big + small) * (workers - 1) / workers, small * (workers - 1)
    print(f"  join with {small:>5} GB: shuffle {shuffle:>6.2f} GB, broadcast {broadcast:>6.2f} GB")
print(f"  broadcast sends less below {big / (workers - 1):.2f} GB")
print(f"  group by 7 keys, partial sums first: {partitions * groups * 2 * WIDTH / 1e3:.0f} kB at most")

disk, columns, used, share = 1_000, 40, 2, 0.25  # GB, columns, columns named, share of row groups left
need = disk * used / columns * share
print(
    f"\n{disk:,} GB table, {used} of {columns} equal columns, {share:.0%} of the row groups:"
    f" {need:.1f} GB to read, {need / 5:.1f} s at best from a 5 GB/s disk"
)
