"""Read pickles without loading them: follow the opcodes, list what each stream would import, and compare three
judges - a search for words, a list of forbidden names and a list of allowed names. Nothing here is unpickled."""

import collections
import io
import pickle
import pickletools

DENIED = {"posix.system", "os.system", "builtins.eval", "builtins.exec", "subprocess.Popen"}
ALLOWED = {"collections.OrderedDict"}  # plus, in real life, the tensor rebuilders of your framework
MARK = object()


class Command:
    """Pickles as a call. Writing it is harmless; loading the result would run the command."""

    def __reduce__(self):
        import posix

        return posix.system, ("echo this never runs",)


def imports(data):
    """Names a stream would import, in order, by following stack and memo; and whether all of it was understood."""
    found, file = [], io.BytesIO(data)
    try:
        while file.tell() < len(data):  # a file may hold several pickles, and old checkpoints do
            stack, memo = [], {}
            for op, argument, _ in pickletools.genops(file):
                if op.name in ("MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT"):
                    memo[len(memo) if argument is None else int(argument)] = stack[-1]
                    continue
                if op.name in ("GLOBAL", "INST"):
                    found.append(argument.replace(" ", "."))
                elif op.name.startswith("EXT"):
                    raise ValueError("imports from a registry outside the file")
                elif op.name == "STACK_GLOBAL":
                    found.append(f"{stack[-2]}.{stack[-1]}")
                taken = [kind.name for kind in op.stack_before]
                if "stackslice" in taken:  # everything above the last mark
                    while stack.pop() is not MARK:
                        pass
                    taken = taken[: taken.index("mark")]
                values = [stack.pop() for _ in taken]
                if op.name == "MARK":
                    stack.append(MARK)
                elif op.name in ("GET", "BINGET", "LONG_BINGET"):
                    stack.append(memo[int(argument)])
                elif op.name == "DUP":
                    stack += values * 2
                else:
                    stack += [argument if isinstance(argument, str) else "?"] * len(op.stack_after)
    except Exception:  # a stream we cannot follow may still run up to that point: never "clean"
        return found, False
    return found, True


weights = collections.OrderedDict({"layer.weight": [0.5, -0.25], "layer.bias": [0.0]})
call = b"\x8c\x05echo \x85R."  # the argument as a tuple, REDUCE, STOP
files = {
    "weights": pickle.dumps(weights, 4),
    "weights, two odd keys": pickle.dumps({"posix": 1, "system": 2}, 4),
    "call, protocol 0": pickle.dumps(Command(), 0),
    "call, protocol 4": pickle.dumps(Command(), 4),
    "name from the memo": b"\x80\x04\x8c\x06system\x94\x8c\x05posix\x940h\x01h\x00\x93" + call,
    "second in the file": pickle.dumps(weights, 4) + pickle.dumps(Command(), 2),
    "broken after the call": pickle.dumps(Command(), 4)[:-1] + b"\xff",
    "through a resolver": b"\x80\x04cpkgutil\nresolve_name\n\x8c\tos:sy" + b"stem\x85R" + call,
    "through two resolvers": b"\x80\x04cinspect\ngetattr_static\ncimportlib\nimport_module\n"
    + b"\x8c\x02os\x85R\x8c\x06system\x86R" + call,
}

print(f"{'file':<22} {'words':<6} {'denied':<6} {'allowed':<7} imports")
for name, data in files.items():
    found, whole = imports(data)
    words = b"posix" in data and b"system" in data
    denied, allowed = bool(DENIED & set(found)), whole and set(found) <= ALLOWED
    verdicts = ["stop" if stop else "pass" for stop in (words, denied, not allowed)]
    note = "" if whole else "  (not understood to the end)"
    print(f"{name:<22} {verdicts[0]:<6} {verdicts[1]:<6} {verdicts[2]:<7} {', '.join(found) or '-'}{note}")

print("\nopcodes of 'name from the memo'")
for op, argument, position in pickletools.genops(files["name from the memo"]):
    print(f"  {position:>3} {op.name:<16} {'' if argument is None else repr(argument)}".rstrip())

print("\na scanner that passes a share m of bad files and stops a share f of good ones, 10,000 files")
found = 10_000 * 91 / 705_000  # the rate of malicious models that Zhao et al. found on a hub
for bad, missed, false in ((10, 0.01, 0.001), (10, 0.05, 0.01), (10, 0.50, 0.001), (found, 0.05, 0.01)):
    caught, alarms = bad * (1 - missed), (10_000 - bad) * false
    share = caught / (caught + alarms)
    print(f"  {bad:>4.1f} bad  m {missed:.2f}  f {false:.3f}  alarms {caught + alarms:>6.1f}, of them true {share:.3f}")
