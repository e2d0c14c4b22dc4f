"""When does an owned 8-GPU server beat a rented one? Break-even hours, the utilisation they imply,
and how the answer moves with each assumption. Every price is an assumption, except four list prices
collected by others in autumn 2026: enter your own quotes."""

CAPEX = 300_000  # $, server with its share of network and installation (assumed)
RUN_COST = 6.0  # $ per hour in use: power, cooling, space, repair, staff (assumed)
RENT = 8 * 2.5  # $ per server-hour at 2.50 $ per GPU-hour (assumed)
YEARS = 4  # service life (assumed)
HOURS = 8760
LIFE = YEARS * HOURS
GPU_POWER = 700  # W, fact:h100-sxm.power_w


def break_even(capex=CAPEX, rent=RENT, run=RUN_COST, fixed=0.0, years=YEARS):
    """Hours of use at which both cost the same; `fixed` is paid per calendar hour, used or idle."""
    return (capex + fixed * years * HOURS) / (rent - run) if rent > run else float("inf")


def annuity_total(capex, rate, years=YEARS):
    """Sum of equal yearly payments that repay capex with interest."""
    return capex * rate / (1 - (1 + rate) ** -years) * years


def show(name, hours):
    verdict = "own above this" if hours <= LIFE else "renting always costs less"
    print(f"  {name:<38} {hours:>7,.0f} h  {hours / LIFE:.2f}  {verdict}")


base = break_even()
print(f"break-even {base:,.0f} h of {LIFE:,} h in {YEARS} years, utilisation {base / LIFE:.2f}\n")
print("one assumption changed at a time")
show("base", base)
show("server keeps 20 % of its price", break_even(capex=0.8 * CAPEX))
show("capital costs 8 % a year", break_even(capex=annuity_total(CAPEX, 0.08)))
show("4 of the 6 $/h are paid when idle too", break_even(run=2.0, fixed=4.0))
show("reserved rent, 30 % lower", break_even(rent=0.7 * RENT))
print(f"  useful life of 3 years: utilisation {base / (3 * HOURS):.2f}")

# rent that falls 15 % a year; the server is used the same share of every year
margin = sum(HOURS * (RENT * 0.85**year - RUN_COST) for year in range(YEARS))
print(f"  rent falls 15 % a year: utilisation {CAPEX / margin:.2f}")

print("\nthe same server against list prices of an H100 SXM in autumn 2026, $ per GPU-hour")
LISTED = (("marketplace", 2.69), ("GPU cloud", 3.99), ("AWS, on demand", 6.88), ("Azure, on demand", 12.29))
for seller, price in LISTED:
    hours = break_even(rent=8 * price)
    print(f"  {seller:<24} {price:>5.2f}  {hours:>7,.0f} h  {hours / LIFE:.2f}")

print("\ncost of one useful GPU-hour, owned")
for use in (0.3, 0.5, base / LIFE, 0.9):
    print(f"  utilisation {use:.2f}  {(CAPEX / (LIFE * use) + RUN_COST) / 8:.2f} $")

PUE, OTHER, TARIFF = 1.3, 1.8, 0.10  # facility factor, other parts as share of GPU power, $/kWh: assumed
server_kw = 8 * GPU_POWER * OTHER / 1000
print(f"\npower: {8 * GPU_POWER / 1000:.1f} kW of GPUs, {server_kw:.2f} kW server, {server_kw * PUE:.2f} kW at the meter")
print(f"  {server_kw * PUE * TARIFF:.2f} $ per hour; a 1 MW room holds {int(1000 // (server_kw * PUE))} such servers")
