"""One queue of jobs on eight GPUs under three rules, and where eight-GPU jobs fit on a used cluster.

FIFO starts jobs strictly in order. Greedy backfill starts whatever fits. EASY backfill keeps a
start time for the first waiting job and lets others pass only if they do not delay it.
"""

import heapq
import random

GPUS = 8


def workload():
    r = random.Random(1)
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


def report(name, jobs, rule, overestimate=1):
    end, record = run(jobs, rule, overestimate)
    busy = sum(gpus * hours for _, gpus, hours in record) / (GPUS * end)
    waits = [wait for wait, _, _ in record]
    wide = [wait for wait, gpus, _ in record if gpus == GPUS]
    print(f"{name}: {end} h, utilisation {busy:.3f}, mean wait {sum(waits) / len(waits):.1f} h, "
          f"8-GPU jobs {sum(wide) / len(wide):.1f} h, others {(sum(waits) - sum(wide)) / (len(waits) - len(wide)):.1f} h")


jobs = workload()
report("FIFO", jobs, "fifo")
report("greedy backfill", jobs, "greedy")
report("EASY, exact times", jobs, "easy")
report("EASY, times stated threefold", jobs, "easy", overestimate=3)


def whole_hosts(policy, hosts=16, singles=32):
    """Hosts that stay entirely free when one-GPU jobs are placed by the policy."""
    used = [0] * hosts
    for _ in range(singles):
        open_hosts = [h for h in range(hosts) if used[h] < GPUS]
        used[policy(open_hosts, key=lambda h: (used[h], -h))] += 1
    return used.count(0)


print(f"128 GPUs, 32 in use: spread leaves {whole_hosts(min)} whole hosts, packed {whole_hosts(max)}")
