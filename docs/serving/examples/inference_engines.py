"""A streaming chat server and its clients in one process, on the loopback interface: what an engine does between
a token and an event, in which order two slots serve three requests, and why tokens, events and reads differ."""

import codecs
import http.client
import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STOP = "\n###"  # the engine must not send it, nor any beginning of it too early
ANSWERS = {  # a canned "model": token bytes, which need not end where a character ends
    "a": [b"A", b" caf", b"\xc3", b"\xa9", b" costs", b" 3", b" \xe2", b"\x82", b"\xac", b"\n#", b"##", b" unsent"],
    "b": [b"Yes", b"."],
    "c": [b"\n", b"#", b" no", b" stop"],
}


class Sequence:
    """One running request: turns token bytes into text that is safe to send."""

    def __init__(self, name):
        self.name, self.pieces, self.count, self.held = name, ANSWERS[name], 0, ""
        self.decode, self.out = codecs.getincrementaldecoder("utf-8")().decode, queue.Queue()

    def step(self, number):
        self.held += self.decode(self.pieces[self.count])
        self.count += 1
        last, found = self.count == len(self.pieces), STOP in self.held
        keep = 0 if last else max(k for k in range(len(STOP)) if self.held.endswith(STOP[:k]))
        cut = self.held.index(STOP) if found else len(self.held) - keep
        text, self.held = self.held[:cut], self.held[cut:]
        reason = "stop" if found else "length" if last else None
        if text or reason:
            self.out.put((number, text, reason, self.count))
        return reason


def engine(inbox, expected, slots):
    """Wait for all requests (so that the order is fixed), then decode; a free slot is refilled at the next step."""
    waiting = sorted((inbox.get() for _ in range(expected)), key=lambda sequence: sequence.name)
    running, number = [], 0
    while waiting or running:
        while waiting and len(running) < slots:
            running.append(waiting.pop(0))
        number += 1
        running = [sequence for sequence in running if not sequence.step(number)]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        sequence, reason = Sequence(body["messages"][-1]["content"]), None
        self.server.inbox.put(sequence)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while reason is None:
            number, text, reason, count = sequence.out.get()
            self.event({"choices": [{"delta": {"content": text}, "finish_reason": reason}], "step": number})
        self.event({"choices": [], "usage": {"completion_tokens": count}})
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, value):
        self.wfile.write(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())

    def log_message(self, *_):
        """Say nothing."""


def parse(reads):
    """Events of a stream, however the network cut it: collect bytes, split at blank lines, then decode."""
    buffer = b""
    for read in reads:
        *events, buffer = (buffer + read).split(b"\n\n")
        yield from (event.removeprefix(b"data: ").decode() for event in events)


def naive(reads):
    """How many whole events show when each read is looked at alone."""
    lines = (line for read in reads for line in read.decode(errors="replace").split("\n\n"))
    return sum(line.startswith("data: {") and line.endswith("}") and line.count("{") == line.count("}")
               for line in lines)


def ask(port, name, size, found):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/v1/chat/completions", json.dumps({"stream": True, "messages": [{"content": name}]}))
    response = connection.getresponse()
    found[name] = list(iter(lambda: response.read(size), b""))
    connection.close()


def serve(names, slots, size):
    """Start server and engine, let every name ask at once, stop again; return the reads of each client."""
    server, found = ThreadingHTTPServer(("127.0.0.1", 0), Handler), {}
    server.inbox = queue.Queue()
    jobs = [threading.Thread(target=engine, args=(server.inbox, len(names), slots))]
    jobs += [threading.Thread(target=ask, args=(server.server_port, name, size, found)) for name in names]
    loop = threading.Thread(target=server.serve_forever, args=(0.01,))
    for job in (loop, *jobs):
        job.start()
    for job in jobs:
        job.join()
    server.shutdown()
    loop.join()
    server.server_close()
    return found


for slots in (1, 2, 3):
    print(f"{slots} slot{'s' * (slots > 1)}: request, tokens, text events, first and last step, reason, text")
    for name, reads in sorted(serve("cab", slots, 64).items()):
        *events, usage, done = parse(reads)
        assert done == "[DONE]"
        chunks = [json.loads(event) for event in events]
        text = "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks)
        sent = sum(bool(chunk["choices"][0]["delta"]["content"]) for chunk in chunks)
        tokens, reason = json.loads(usage)["usage"]["completion_tokens"], chunks[-1]["choices"][0]["finish_reason"]
        print(f"  {name} {tokens:>3} {sent:>3} {chunks[0]['step']:>4} {chunks[-1]['step']:>3}  {reason:<6} {text!r}")

print("\nbytes per read: reads, JSON events with a buffer, and by looking at each read alone")
for size in (16, 64, 200, 300, 4096):
    reads = serve("a", 1, size)["a"]
    print(f"  {size:>4} {len(reads):>4} {len(list(parse(reads))) - 1:>4} {naive(reads):>4}")

PARAMETERS_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
Q4_0 = 18 / 32  # bytes per weight: 32 four-bit values and one 16-bit scale
TOKEN = 2 * 32 * 8 * 128 * 2  # cache bytes a token: 2 x layers x KV heads x head_dim x 2 bytes
print("\nfloor of one decoding step, Llama 3 8B, at best: weights alone; 16 users of 2,048 tokens, tokens/s in all")
for device, bandwidth in (
    ("H100", 3.35),  # TB/s, fact:h100-sxm.memory_bandwidth
    ("RTX 4090", 1.008),  # TB/s, fact:rtx-4090.memory_bandwidth
):
    for form, size in (("bf16", 2), ("4-bit blocks", Q4_0)):
        weights, crowd = size * PARAMETERS_BN, 16 * 2048 * TOKEN / 1e9
        step = (weights + crowd) / bandwidth
        print(f"  {device:<9} {form:<13} {weights:>5.2f} GB {weights / bandwidth:>6.2f} ms {step:>6.2f} ms {16e3 / step:>6,.0f}")
