"""Sums that decide between a prompt, fine-tuning, a cascade and an agent: reliability of a chain with
and without shared causes, the worth of a checker and of votes, break-even, and what a cascade errs."""

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

print("\nten steps at 0.95 on average, if some requests fail every step and every try")
print("  such requests   no checker   checker 90%, three tries")
for hopeless in (0.0, 0.01, 0.025, 0.05):
    p = 0.95 / (1 - hopeless)  # what remains for the others
    plain, checked = (1 - hopeless) * p**10, (1 - hopeless) * with_checker(p, 0.9, 3) ** 10
    print(f"  {hopeless:>13.1%}   {plain:>10.3f}   {checked:>24.3f}")


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
RIGHT_SMALL, RIGHT_LARGE = 0.80, 0.95  # assumed; the large model errs independently of the small one
print(f"  small right {RIGHT_SMALL:.0%}, large right {RIGHT_LARGE:.0%}; doubt raised on wrong / on right answers:")
for on_wrong, on_right in ((0.9, 0.1), (0.6, 0.1), (0.26, 0.26)):
    passed = (1 - RIGHT_SMALL) * on_wrong + RIGHT_SMALL * on_right
    wrong = (1 - RIGHT_SMALL) * (1 - on_wrong) + passed * (1 - RIGHT_LARGE)
    print(f"    {on_wrong:>3.0%} / {on_right:>3.0%}: {passed:.0%} passed on, {SMALL + passed * LARGE:.1f} a request, {wrong:.1%} wrong")
