"""From the record to the step on a simulated clock: what buffers do for the pace, and what a crash
leaves behind, by where the position is saved: in a table, in a table's log, and in a checkpoint."""

import heapq
import random
from collections import Counter


def finish(loads, step, places, workers=1, in_order=True):
    """Time until the last step ends; workers load ahead into `places`, and each step takes one batch."""
    if places == 0:
        return sum(loads) + step * len(loads)
    clock, free, ready, todo = 0.0, [0.0] * workers, [], list(enumerate(loads))[::-1]

    def load_next():
        if todo:
            i, load = todo.pop()
            w = min(range(workers), key=free.__getitem__)
            free[w] = max(free[w], clock) + load
            heapq.heappush(ready, (i if in_order else free[w], free[w]))

    for _ in range(places):
        load_next()
    for _ in loads:
        clock = max(clock, heapq.heappop(ready)[1])
        load_next()  # a place empties when its batch is taken
        clock += step
    return clock


print("BUFFERS\n30 batches, 4 ms to load and 4 ms to train on each")
print(f"  in turn {finish([4] * 30, 4, 0) / 1000:.3f} s, prefetched {finish([4] * 30, 4, 4) / 1000:.3f} s")
for workers in (1, 4, 5, 8):
    print(f"  20 ms to load, workers {workers}: device busy {600 * 4 / finish([20] * 600, 4, 2 * workers, workers):.0%}")
r = random.Random(0)
uneven = [r.choice([1, 1, 1, 13]) for _ in range(2000)]
print(f"loads of 1 or 13 ms, mean {sum(uneven) / 2000:.2f} ms")
for places in (1, 4, 64):
    print(f"  step 4.4 ms, places {places:>2}: device busy {2000 * 4.4 / finish(uneven, 4.4, places):.0%}")
for in_order in (True, False):
    busy = 2000 * 1.1 / finish(uneven, 1.1, 8, 4, in_order)
    print(f"  step 1.1 ms, 4 workers, {'in order' if in_order else 'first ready first'}: device busy {busy:.0%}")


def copy_log(records, batch, crashes, first):
    """Copy a log into a table. At some batches, die between the two writes and restart from the saved position."""
    table, position, attempt = Counter(), 0, 0
    while position < records:
        attempt += 1
        died, rows = attempt in crashes, range(position, min(position + batch, records))
        if first == "rows" or not died:
            table.update(rows)
        if first == "position" or not died:
            position = rows.stop
    return table


print("\nCOMMITS\n10,000 records in batches of 500, three crashes")
for first in ("rows", "position", "both at once"):
    table = copy_log(10_000, 500, {4, 9, 15}, first)
    print(f"  first saved: {first:<12} {table.total():>6,} rows, missing {10_000 - len(table):,}")

log = [([], {})]  # each version: files, and the last batch of each writer


def commit(read, file, writer, batch):
    files, done = log[-1]
    if done.get(writer, 0) >= batch:
        return "already there"
    if read != len(log) - 1:  # somebody was quicker: put-if-absent fails
        return "conflict, read again"
    log.append(([*files, file], {**done, writer: batch}))
    return f"version {len(log) - 1}"


for what, args in (
    ("A commits, but its answer is lost", (0, "a1", "A", 1)),
    ("B read version 0 too", (0, "b1", "B", 1)),
    ("B reads again", (1, "b1", "B", 1)),
    ("A tries again", (2, "a1", "A", 1)),
):
    print(f"  {what + ':':<35}{commit(*args)}")
print(f"  files {log[-1][0]}, version 1 still lists {log[1][0]}")


def train(batches, every, crashes, ahead, saved):
    """Batches behind the final weights; a crash throws away the steps since the last checkpoint."""
    seen, position, crashes = [], 0, set(crashes)
    while len(seen) < batches and position < batches:
        seen.append(position)
        position += 1
        if len(seen) in crashes:
            crashes.remove(len(seen))
            seen = seen[: len(seen) // every * every]
            position = 0  # also before the first checkpoint
            if seen and saved != "nothing":
                position = seen[-1] + 1 + (ahead if saved == "batches read" else 0)
    return seen


print("1,000 batches, a checkpoint every 100 steps, three crashes, 5 workers with 2 batches each")
for saved in ("nothing", "batches read", "batches trained"):
    seen = train(1000, 100, (250, 480, 730), 10, saved)
    print(f"  position saved: {saved:<16} trained on {len(set(seen)):>5,}, never seen {1000 - len(set(seen)):>3}")
