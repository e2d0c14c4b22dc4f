"""How many replicas a service needs, what pooling and regions change, how long a cold start lasts and what
queues up meanwhile, and how many requests a canary must see before its error rate means anything."""

import math

import numpy as np

RATE = 0.2  # s per request on one replica, assumed; replicas share one queue
LOAD = 40.0  # requests/s, assumed
MU = 1 / RATE


def erlang_c(servers, offered):
    """Probability that a request waits: random arrivals, exponential service, one shared queue."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    busy = offered / servers
    return blocked / (1 - busy * (1 - blocked))


def wait(servers, load, share=None):
    """Mean wait in s, or the wait that the given share of requests does not exceed."""
    p, spare = erlang_c(servers, load / MU), servers * MU - load
    return p / spare if share is None else max(0.0, math.log(p / (1 - share)) / spare)


def replicas(load, target=0.2):
    """Fewest replicas whose p99 wait stays within the target."""
    count = math.floor(load / MU) + 1
    while wait(count, load, 0.99) > target:
        count += 1
    return count


print(f"{LOAD:.0f} requests/s of {RATE * 1e3:.0f} ms keep {LOAD / MU:.0f} replicas busy")
print("replicas  busy  P(wait)  mean wait ms  p99 wait ms")
for count in (9, 10, 12, 14):
    print(f"{count:>8}  {LOAD / MU / count:>4.0%}  {erlang_c(count, LOAD / MU):>7.2f}"
          f"  {wait(count, LOAD) * 1e3:>12.0f}  {wait(count, LOAD, 0.99) * 1e3:>11.0f}")

print("\nbusy replicas  fewest with P(wait) <= 10 %  busy  (c - a) / sqrt(a)")
for offered in (8, 80, 800):
    count = offered + 1
    while erlang_c(count, offered) > 0.10:
        count += 1
    print(f"{offered:>13}  {count:>27}  {offered / count:>4.0%}  {(count - offered) / math.sqrt(offered):>17.2f}")

print("\nregions  replicas for p99 wait <= 200 ms  in all  and if one region fails")
for regions in (1, 2, 3, 4):
    each = replicas(LOAD / regions)
    spare = replicas(LOAD / (regions - 1)) * regions if regions > 1 else None
    print(f"{regions:>7}  {each:>31}  {each * regions:>6}  {spare if spare else 'nothing left':>23}")

# Llama 3 in 16 bits
SMALL_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
LARGE_BN = 70.55  # bn, fact:llama-3-70b.parameters_bn
FIXED = 60  # s for machine, container, compiled kernels: assumed, measure yours
print("\ncold start, s            10 Gb/s  100 Gb/s  local disk at 6 GB/s   queue at 10 requests/s too many")
for name, size in (("Llama 3 8B", 2 * SMALL_BN), ("Llama 3 70B", 2 * LARGE_BN)):
    times = [FIXED + size / gb_s for gb_s in (1.25, 12.5, 6)]
    print(f"  {name:<12} {size:>5.0f} GB  {times[0]:>9.0f}  {times[1]:>8.0f}  {times[2]:>20.0f}   {10 * times[0]:>13.0f} requests")


def needed(base, worse, alpha=1.645, power=1.282):
    """Requests for each of canary and control: one-sided 5 % false alarms, found in 90 % of cases."""
    pooled, own = (base + worse) / 2, base * (1 - base) + worse * (1 - worse)
    spread = alpha * math.sqrt(2 * pooled * (1 - pooled)) + power * math.sqrt(own)
    return math.ceil((spread / (worse - base)) ** 2)


print("\nerrors 1 % ->  requests each  minutes at 1 %   5 %  25 % of traffic")
for worse in (0.011, 0.015, 0.02, 0.05):
    n = needed(0.01, worse)
    minutes = [n / (LOAD * share) / 60 for share in (0.01, 0.05, 0.25)]
    print(f"{worse:>11.1%}  {n:>13,}  {minutes[0]:>14,.0f}  {minutes[1]:>4,.0f}  {minutes[2]:>4,.0f}")


def looks(times, runs=4000, size=2500, rate=0.01):
    """Share of rollouts without any fault that alarm when the same test is read `times` times on the way."""
    rng, alarms = np.random.default_rng(0), 0
    canary, control = rng.binomial(size, rate, (2, runs, times)).cumsum(-1)
    n = size * np.arange(1, times + 1)
    spread = np.sqrt(2 * n * rate * (1 - rate))
    return np.mean(((canary - control) / spread > 1.645).any(-1))


print("\nfalse alarms of a harmless canary, by how often the test is read:", end=" ")
print(", ".join(f"{times}: {looks(times):.0%}" for times in (1, 4, 16)))
