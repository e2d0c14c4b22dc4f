"""From dated list prices to the premium of a platform, and from the premium to three thresholds: how
busy your own machines must be, from which spend your own stack pays, and how many days a pipeline may
take to move. Last, which parts a platform lacks for a team."""

# $ per hour. EC2 us-east-1, 2026-07-20; SageMaker AI Studio us-west-2, 2026-09-01.
EC2 = {"m5.xlarge": 0.192, "g5.xlarge": 1.006, "g5.48xlarge": 16.288, "p5.48xlarge": 55.04}
SAGEMAKER = {"m5.xlarge": 0.23, "g5.xlarge": 1.41, "g5.48xlarge": 20.36, "p5.48xlarge": 63.296}
DBU = {"m5.xlarge": 0.69, "g5.xlarge": 1.36, "g5.48xlarge": 22.08, "p5.48xlarge": 88.91}  # units an hour, July 2024
DBU_JOB, DBU_NOTEBOOK = 0.15, 0.55  # $ per unit, defaults of Databricks' own monitoring tool

print("premium over the raw machine   SageMaker  Databricks job  Databricks notebook")
for machine, raw in EC2.items():
    fees = SAGEMAKER[machine] - raw, DBU[machine] * DBU_JOB, DBU[machine] * DBU_NOTEBOOK
    print(f"{machine:<12} {raw:>8.3f} $/h {fees[0] / raw:>15.1%} {fees[1] / raw:>15.1%} {fees[2] / raw:>20.1%}")

# Google, a3-highgpu-8g in Iowa, August 2025: 8 GPUs, 208 cores, 1872 GB; disks left out.
AMOUNTS = (8, 208, 1872)


def machine_price(rates):
    return sum(amount * rate for amount, rate in zip(AMOUNTS, rates))


fee = machine_price((1.4694826, 0.0038247, 0.0003331))
on_demand = machine_price((11.2660332, 0.0293227, 0.0025534)) - fee  # the list price contains the fee
flex_start = machine_price((4.200761, 0.010934, 0.000952))
for name, raw in (("on demand", on_demand), ("Flex-start", flex_start)):
    print(f"Google, {name:<10} {raw:>6.2f} $/h raw, {fee:.2f} $/h fee: {fee / raw:.1%}")
old, new = 98.32, EC2["p5.48xlarge"]  # the list price before and after the cut of June 2025
job, rent = DBU["p5.48xlarge"] * DBU_JOB, SAGEMAKER["p5.48xlarge"]
print(f"p5.48xlarge cut by {1 - new / old:.0%}: SageMaker {113.068 / old - 1:.1%} -> {rent / new - 1:.1%}, ", end="")
print(f"the same job fee {job / old:.1%} -> {job / new:.1%}")

PERSON = 144_570 / 0.70 / 12  # $ a month: mean US developer wage in 2024, wages 70% of what an employer pays
PEOPLE = 1.5 * PERSON  # people your own stack needs beyond those the platform needs (assumed)
print(f"\n1.5 engineers cost {PEOPLE:,.0f} $ a month. Own stack pays from this much useful compute, k$ a month:")
for premium in (0.15, 0.25, 0.40):
    cells = []
    for busy in (1.0, 0.9, 0.75):  # share of the paid hours of your own machines that do work
        gain = (1 + premium) - 1 / busy  # saved per $ of useful compute
        cells.append(f"{PEOPLE / gain / 1000:,.0f}" if gain > 0 else "never")
    print(f"  premium {premium:.0%}: busy above {1 / (1 + premium):.1%};", end="")
    print(f"  all busy {cells[0]}, 90% busy {cells[1]}, 75% busy {cells[2]}")
print(f"  one p5.48xlarge all month: {new * 730:,.0f} $ raw, {(rent - new) * 730:,.0f} $ premium")

PIPELINES, DAY, MONTHS = 20, PERSON / 21, 12  # what must move, $ a day, when it must have paid back
print(f"\ndays one of {PIPELINES} pipelines may take to move, paid back in {MONTHS} months ({DAY:,.0f} $ a day)")
for spend in (20_000, 50_000, 200_000):
    days = [points * spend * MONTHS / (PIPELINES * DAY) for points in (0.15, 0.25)]
    room = 3 * PIPELINES * DAY / (spend * MONTHS)
    print(f"  {spend:>7,} $ a month: {days[0]:>4.1f} to save 15 points, {days[1]:>4.1f} to save 25;", end="")
    print(f"  at 3 days the vendor has {room:.1%} of room")

BASE = {"training", "registry", "pipelines", "endpoints"}
OFFERS = {  # a part counts if the owner's own list names it; replace with what you ran yourself
    "SageMaker AI": BASE | {"features", "tuning", "monitoring"},
    "Azure ML": BASE | {"features", "tuning", "monitoring", "hosted models"},
    "Agent Platform": BASE | {"features", "tuning", "monitoring", "hosted models", "agents"},
    "Databricks": BASE | {"features", "monitoring", "hosted models", "agents"},
    "Kubeflow": BASE | {"tuning"},
    "Microsoft Foundry": {"hosted models", "agents", "evaluation"},
}
TEAMS = {
    "own models": BASE | {"tuning"},
    "own models, watched": BASE | {"monitoring"},
    "own models and agents": BASE | {"hosted models", "agents"},
}
for team, needs in TEAMS.items():
    gaps = {name: needs - parts for name, parts in OFFERS.items()}
    print(f"\n{team}\n  whole: " + ", ".join(name for name, gap in gaps.items() if not gap))
    print("  one part short: " + ", ".join(f"{name} ({min(gap)})" for name, gap in gaps.items() if len(gap) == 1))
