"""One queue of jobs on eight GPUs under three rules, and where eight-GPU jobs fit on a used cluster.

FIFO starts jobs strictly in order. Greedy backfill starts whatever fits. EASY backfill keeps a
start time for the first waiting job and lets others pass only if they do not delay it.
A hundred further draws show which of the findings belong to the rules and which to the draw.
"""

import heapq
import random
from statistics import median

GPUS = 8


def workload(seed=1):
    r = random.Random(seed)
    return sorted((r.randrange(0, 40), r.choice([1, 2, 4, 8]), r.randrange(2, 20)) for _ in range(60))


def reservation(now, need, free, running):
    """When the first waiting job can start, and how many GPUs are spare at that time."""
    for end, gpus in sorted(running):
        if free >= need:
            break
        now, free = end, free + gpus
    return now, free - need


def run(jobs, rule, overestimate=1):
    """Each job is (arrival, gpus, hours). Start times follow from the rule; returns the record."""
    t, free, done, queue, running, record = 0, GPUS, 0, [], [], []
    believed = []  # (end the scheduler believes in, gpus) of running jobs
    pending = list(jobs)
    while done < len(jobs):
        while running and running[0][0] <= t:
            _, gpus, belief = heapq.heappop(running)
            believed.remove((belief, gpus))
            free, done = free + gpus, done + 1
        while pending and pending[0][0] <= t:
            queue.append(pending.pop(0))
        k = 0
        while k < len(queue):
            arrival, gpus, hours = queue[k]
            fits = gpus <= free
            if fits and k > 0 and rule == "easy":
                start, spare = reservation(t, queue[0][1], free, believed)
                fits = t + hours * overestimate <= start or gpus <= spare
            if fits:
                queue.pop(k)
                free -= gpus
                belief = t + hours * overestimate
                heapq.heappush(running, (t + hours, gpus, belief))
                believed.append((belief, gpus))
                record.append((t - arrival, gpus, hours))
            elif rule == "fifo":
                break
            else:
                k += 1
        t += 1
    return t, record


def summary(jobs, rule, overestimate=1):
    """Hours until the last job ends, utilisation, and mean waits of all, of 8-GPU and of smaller jobs."""
    end, record = run(jobs, rule, overestimate)
    busy = sum(gpus * hours for _, gpus, hours in record) / (GPUS * end)
    waits = [[wait for wait, gpus, _ in record if gpus in sizes] for sizes in ((1, 2, 4, 8), (8,), (1, 2, 4))]
    return end, busy, *(sum(w) / len(w) for w in waits)


RULES = {
    "FIFO": ("fifo", 1),
    "greedy backfill": ("greedy", 1),
    "EASY, exact times": ("easy", 1),
    "EASY, times stated threefold": ("easy", 3),
}
for name, rule in RULES.items():
    end, busy, mean, wide, others = summary(workload(), *rule)
    print(f"{name}: {end} h, utilisation {busy:.3f}, mean wait {mean:.1f} h, 8-GPU jobs {wide:.1f} h, others {others:.1f} h")

draws = [[summary(workload(seed), *rule) for rule in RULES.values()] for seed in range(1, 101)]
print("100 draws, median utilisation: " + ", ".join(
    f"{name} {median(draw[i][1] for draw in draws):.3f}" for i, name in enumerate(RULES)))
FIFO, GREEDY, EASY, STATED = range(4)
for claim, holds in (
    ("greedy busier than EASY, EASY busier than FIFO", lambda d: d[GREEDY][1] > d[EASY][1] > d[FIFO][1]),
    ("8-GPU jobs wait longer under greedy than under FIFO", lambda d: d[GREEDY][3] > d[FIFO][3]),
    ("8-GPU jobs wait least under EASY", lambda d: d[EASY][3] < min(d[FIFO][3], d[GREEDY][3])),
    ("threefold times lower utilisation", lambda d: d[STATED][1] < d[EASY][1]),
    ("threefold times shorten the wait of smaller jobs", lambda d: d[STATED][4] < d[EASY][4]),
):
    print(f"  {claim}: {sum(map(holds, draws))} of 100")


def whole_hosts(policy, hosts=16, singles=32):
    """Hosts that stay entirely free when one-GPU jobs are placed by the policy."""
    used = [0] * hosts
    for _ in range(singles):
        open_hosts = [h for h in range(hosts) if used[h] < GPUS]
        used[policy(open_hosts, key=lambda h: (used[h], -h))] += 1
    return used.count(0)


print(f"128 GPUs, 32 in use: spread leaves {whole_hosts(min)} whole hosts, packed {whole_hosts(max)}")
