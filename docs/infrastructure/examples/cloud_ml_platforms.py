"""Find the gaps of a platform against your needs, the smallest set of platforms that closes them,
the monthly spend at which running your own becomes cheaper, and how far the price may rise before
leaving pays. Money and effort are assumptions."""

from itertools import combinations

# A part counts if one document of the owner lists it, read in November 2026. Replace the sets with
# what you tried yourself; a part missing here may exist under another product or name.
OFFERS = {
    "SageMaker AI": {  # list of API operations
        "notebooks", "features", "training", "tuning", "registry", "pipelines", "endpoints", "monitoring",
    },
    "Kubeflow": {"notebooks", "training", "tuning", "registry", "pipelines", "endpoints"},  # list of components
    "Microsoft Foundry": {"hosted models", "agents", "evaluation", "tracing"},  # capability map
}
TEAMS = {
    "own models": {"training", "tuning", "registry", "pipelines", "endpoints"},
    "own models, watched in production": {"training", "registry", "pipelines", "endpoints", "monitoring"},
    "agents on hosted models": {"agents", "hosted models", "evaluation", "tracing"},
    "both": {"training", "registry", "endpoints", "agents", "hosted models", "evaluation"},
}


def smallest(needs):
    """All smallest sets of platforms whose union covers the needs."""
    for count in range(1, len(OFFERS) + 1):
        found = [names for names in combinations(OFFERS, count) if needs <= set().union(*map(OFFERS.get, names))]
        if found:
            return found
    return []


for team, needs in TEAMS.items():
    print(f"team: {team}")
    for name, offer in OFFERS.items():
        gap = sorted(needs - offer)
        print(f"  {name:<17} missing {len(gap)} of {len(needs)}  {', '.join(gap) or '-'}")
    print("  smallest sets: " + "; ".join(" + ".join(names) for names in smallest(needs)) + "\n")

ENGINEERS, MONTHLY_COST = 1.5, 15_000  # people who run your own platform, $ a month each (assumed)
PREMIUM = 0.25  # share a managed platform adds to the compute it runs (assumed)
spend = ENGINEERS * MONTHLY_COST / PREMIUM
print(f"own platform pays above {spend:,.0f} $ of compute a month")

PIPELINES, DAYS_EACH, DAY_COST = 20, 3.0, 700  # rewritten when you leave (assumed)
DATA_TB, EGRESS_PER_GB = 50, 0.09  # moved out once, $ per GB (assumed)
rewrite = PIPELINES * DAYS_EACH * DAY_COST
egress = DATA_TB * 1000 * EGRESS_PER_GB
print(f"leaving costs {rewrite:,.0f} $ of rewriting and {egress:,.0f} $ of transfer, {rewrite + egress:,.0f} $ together")
for portable in (0.0, 0.5, 0.9):
    total = rewrite * (1 - portable) + egress
    print(f"  {portable:.0%} of the pipeline code in plain containers: {total:,.0f} $")

exit_cost, HORIZON = rewrite + egress, 12  # months over which leaving must pay for itself (assumed)
print(f"rise of the premium you would tolerate before leaving pays within {HORIZON} months")
for monthly in (20_000, 50_000, 200_000):
    bound, free = (100 * cost / (monthly * HORIZON) for cost in (exit_cost, rewrite * 0.1))
    print(f"  {monthly:>7,} $ of compute a month: {bound:>4.1f} points, or {free:.1f} with 90% portable code and free transfer")
