"""Data pipelines on a simulated clock: prefetching, workers, buffers and order; requests and cores; weak shuffles;
what a build reruns; and two writers that commit to one table."""

import heapq
import math
import random


def finish(loads, step, depth, workers=1, ordered=True):
    """Time until the last step ends; workers read ahead into `depth` places, and a step takes the next batch
    in order, or else whichever is ready first."""
    if depth == 0:
        return sum(loads) + step * len(loads)
    clock, free, ready, waiting = 0.0, [0.0] * workers, [], list(enumerate(loads))[::-1]

    def start_loading():
        if waiting:
            i, load = waiting.pop()
            worker = min(range(workers), key=free.__getitem__)
            free[worker] = max(free[worker], clock) + load
            heapq.heappush(ready, (i if ordered else free[worker], free[worker]))

    for _ in range(depth):
        start_loading()
    for _ in loads:
        clock = max(clock, heapq.heappop(ready)[1])
        start_loading()  # a place empties when its batch is taken
        clock += step
    return clock


print("30 batches, 4 ms to load and 4 ms to train on each")
for name, depth in (("one after the other", 0), ("prefetched", 4)):
    print(f"  {name:<20} {finish([4] * 30, 4, depth) / 1000:.3f} s")
print("same, 20 ms to load")
for workers in (1, 2, 4, 5, 8):
    total = finish([20] * 600, 4, 2 * workers, workers)
    print(f"  {workers} workers: {600 / total * 1000:>5.1f} batches/s, device busy {600 * 4 / total:.0%}")
print(f"  needed: {math.ceil(20 / 4)} workers = ceil(load / step)")
r = random.Random(0)
uneven = [r.choice([1, 1, 1, 13]) for _ in range(2000)]  # ms; 4 on average
for depth in (1, 4, 64):
    print(
        f"  loads of 1 or 13 ms, mean {sum(uneven) / 2000:.2f}, {depth:>2} places:"
        f" device busy {2000 * 4.4 / finish(uneven, 4.4, depth):.0%}"
    )
for ordered, name in ((True, "in order"), (False, "first ready first")):
    total = finish(uneven, 1.1, 8, 4, ordered)
    print(f"  same loads, 4 workers with 2 places each, step 1.1 ms, {name}: device busy {2000 * 1.1 / total:.0%}")

rate, size, latency = 8 * 1_000, 110e3, 0.02  # samples/s for 8 devices, bytes, seconds a request: assumed
print(
    f"\n{rate:,} samples/s of {size / 1e3:.0f} kB: {rate * size / 1e9:.2f} GB/s"
    f"; one object each: {rate * latency:.0f} requests in flight, shards of 1,000: {rate / 1000:.0f} requests/s"
)

decode, tokens, width = 0.010, 8 * 10_000, 4  # CPU seconds a sample, tokens/s, bytes a token: assumed
print(f"  decoding at {decode * 1e3:.0f} ms of CPU a sample: {rate * decode:.0f} cores busy")
print(f"  text at {tokens:,} tokens/s of {width} bytes: {tokens * width / 1e6:.2f} MB/s")


def buffered(stream, size, seed=0):
    """Shuffle with a buffer: emit a random place, refill it from the stream."""
    r, places = random.Random(seed), []
    for item in stream:
        if len(places) < size:
            places.append(item)
        else:
            at = r.randrange(size)
            yield places[at]
            places[at] = item
    r.shuffle(places)
    yield from places


def classes(stream, batch=32):
    items = list(stream)
    found = [len(set(items[i : i + batch])) for i in range(0, len(items) - batch + 1, batch)]
    return sum(found) / len(found)


labels = [i // 1000 for i in range(10_000)]  # ten classes, stored one after the other
print("\ndistinct classes in a batch of 32, data stored by class")
for size in (1, 100, 1000, 10_000):
    print(f"  buffer {size:>6,}: {classes(buffered(labels, size)):.2f}")
shards = [labels[i : i + 100] for i in range(0, 10_000, 100)]
random.Random(1).shuffle(shards)
print(f"  buffer  1,000 after shuffling 100 shards: {classes(buffered([x for s in shards for x in s], 1000)):.2f}")

STEPS = {
    "clean": ["raw"],
    "features": ["clean"],
    "labels": ["raw"],
    "train": ["features", "labels"],
    "report": ["train"],
}


def rerun(changed, same_output=()):
    """Steps that run again; a step with an unchanged output stops the wave if contents are compared."""
    dirty, ran = {changed}, []
    for step, needs in STEPS.items():
        if dirty & set(needs):
            ran.append(step)
            if step not in same_output:
                dirty.add(step)
    return ran


print("\nraw gets a new time stamp, and cleaning gives the same table as before")
print(f"  times compared (Make)    {len(rerun('raw'))} steps: {', '.join(rerun('raw'))}")
print(
    f"  contents of outputs      {len(rerun('raw', ('clean', 'labels')))} steps: {', '.join(rerun('raw', ('clean', 'labels')))}"
)
print(f"  contents of raw as well  {len(rerun(None))} steps")


class Table:
    def __init__(self):
        self.log = {0: ["a.parquet"]}

    def commit(self, read_version, add):
        """Put version read + 1 if absent, as a lakehouse log does; False means read again and retry."""
        if read_version + 1 in self.log:
            return False
        self.log[read_version + 1] = self.log[read_version] + add
        return True


table = Table()
first, second = table.commit(0, ["b.parquet"]), table.commit(0, ["c.parquet"])
retry = table.commit(1, ["c.parquet"])
print(
    f"\ntwo writers from version 0: {first}, {second}"
    f"; after reading version 1: {retry}; files {len(table.log[2])}, version 0 still lists {len(table.log[0])}"
)
