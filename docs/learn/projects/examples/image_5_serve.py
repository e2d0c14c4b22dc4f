"""Step 5, serve: one endpoint on the loopback interface, three requests, and then it stops.

The weights travel with the two numbers that scale a picture, because a server that scales differently from
the training is wrong without an error. A picture unlike the training set is answered with a warning.
"""

import io
import json
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np

from image_1_collect import CLASSES, SEED, SIZE, collect
from image_2_split import scale, split
from image_3_train import predict, train

LIMIT = 4096  # bytes in a request; a 16 x 16 picture as JSON needs about 1,300


def build():
    """Train, and pack everything the server needs into one file without pickle."""
    images, labels, bursts = collect(objects_per_class=200)
    training, _, _ = split(labels, bursts)
    weights = train(scale(images, training)[training], labels[training])
    brightness = images[training].mean((1, 2))
    seen = [brightness.min(), brightness.max()]
    store = io.BytesIO()
    np.savez(store, scaling=[images[training].mean(), images[training].std()], seen=seen, **weights)
    return store.getvalue()


class Model:
    """What the server holds in memory."""

    def __init__(self, packed):
        parts = dict(np.load(io.BytesIO(packed), allow_pickle=False))
        self.scaling, self.seen, self.weights = parts.pop("scaling"), parts.pop("seen"), parts

    def answer(self, body):
        """The label of one picture; an exception means that the request holds none."""
        pixels = json.loads(body).get("pixels")
        picture = np.array(pixels, dtype=float)
        if picture.shape != (SIZE, SIZE) or not ((picture >= 0) & (picture <= 255)).all():
            raise ValueError("not a picture")
        chances = predict(self.weights, ((picture - self.scaling[0]) / self.scaling[1])[None])[0]
        usual = bool(self.seen[0] <= picture.mean() <= self.seen[1])
        label = CLASSES[int(chances.argmax())]
        return {"label": label, "probability": round(float(chances.max()), 2), "like_training": usual}


def handler(model):
    """The request handler of one model."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length, status = self.headers.get("Content-Length", ""), 400
            reply = {"error": f"post at most {LIMIT} bytes to /v1/classify"}
            if self.path == "/v1/classify" and length.isdecimal() and 0 < int(length) <= LIMIT:
                try:
                    reply, status = model.answer(self.rfile.read(int(length))), 200
                except (ValueError, TypeError, AttributeError, RecursionError):
                    reply = {"error": "pixels must be 16 rows of 16 numbers from 0 to 255"}
            data = json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            """Keep the pictures and addresses of users out of the log."""

    return Handler


def post(port, body):
    """One request from the client's side."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("POST", "/v1/classify", body)
    response = connection.getresponse()
    reply = response.status, json.loads(response.read())
    connection.close()
    return reply


if __name__ == "__main__":
    packed = build()
    server = HTTPServer(("127.0.0.1", 0), handler(Model(packed)))  # port 0: any free one
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    good, labels, _ = collect(objects_per_class=1, seed=SEED + 2, views=1)
    swapped, _, _ = collect(objects_per_class=1, seed=SEED + 2, views=1, ink_level=0.15, paper=0.75)
    print(f"{'a ' + CLASSES[labels[2]]:<24}", *post(port, json.dumps({"pixels": good[2].tolist()})))
    print(f"{'the same, levels turned':<24}", *post(port, json.dumps({"pixels": swapped[2].tolist()})))
    print(f"{'half a picture':<24}", *post(port, json.dumps({"pixels": good[2][:8].tolist()})))
    server.shutdown()
    server.server_close()
    print(f"server stopped; the model file holds {len(np.load(io.BytesIO(packed)).files)} arrays and no code")
