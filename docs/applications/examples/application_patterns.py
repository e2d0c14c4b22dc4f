"""Four sums that decide between a prompt, retrieval, fine-tuning and an agent: reliability of a
chain, the worth of a checker, the break-even of fine-tuning and the price of a cascade."""

from math import comb

print("share of runs with every step right, if each step is right with probability p")
print("   p     3 steps  10 steps  30 steps")
for p in (0.99, 0.95, 0.90):
    print(f"  {p:.2f}" + "".join(f"{p**n:>10.3f}" for n in (3, 10, 30)))


def with_checker(p, catch, tries):
    """Probability that a step ends right when a checker catches a share of wrong results and
    asks again; it never rejects a right one, and tries are independent (both are assumptions)."""
    right, alive = 0.0, 1.0
    for _ in range(tries):
        right += alive * p
        alive *= (1 - p) * catch
    return right


print("\nten steps at p = 0.95, up to three tries each")
for catch in (0.0, 0.5, 0.9, 1.0):
    step = with_checker(0.95, catch, 3)
    print(f"  checker catches {catch:>4.0%} of errors: step {step:.4f}, run {step**10:.3f}")


def majority(p, votes):
    """Probability that more than half of independent votes are right."""
    return sum(comb(votes, k) * p**k * (1 - p) ** (votes - k) for k in range(votes // 2 + 1, votes + 1))


print("\nmajority of independent answers to a yes-or-no question")
for p in (0.7, 0.5, 0.4):
    print(f"  one answer right {p:.1f}: of 5 votes {majority(p, 5):.3f}, of 15 votes {majority(p, 15):.3f}")

# Fine-tuning that replaces worked examples in the prompt. Training costs about 6 FLOP per parameter
# and token, reading a prompt about 2, so the size of the model cancels out.
EXAMPLES, TOKENS, EPOCHS = 2_000, 600, 3  # assumed
REMOVED = 1_500  # prompt tokens saved per request, assumed
trained = EXAMPLES * TOKENS * EPOCHS
print(f"\nfine-tuning on {trained / 1e6:.1f} M tokens saves {REMOVED:,} prompt tokens a request")
print(f"  compute is repaid after {6 * trained / (2 * REMOVED):,.0f} requests")
for hit in (0.9, 0.99):
    print(f"  with a prefix cache that already holds them {hit:.0%} of the time: {3 * trained / (REMOVED * (1 - hit)):,.0f}")

SMALL, LARGE = 1.0, 20.0  # price per request in the same unit, assumed
print(f"\ncascade: small model at {SMALL:g} first, large at {LARGE:g} for what it passes on")
for passed in (0.2, 0.5, 0.95, 1.0):
    print(f"  {passed:>4.0%} passed on: {SMALL + passed * LARGE:>5.1f} a request")
