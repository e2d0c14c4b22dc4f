"""Retrieval in miniature: BM25, a hashed vector, their fusion by rank, and the metrics that judge them;
then what an approximate index costs and gains, and what the retrieved text costs in the prompt."""

import heapq
import math
import zlib
from collections import Counter

import numpy as np

DOCS = [
    "gpu memory bandwidth limits decode",
    "ring all reduce moves data",
    "kv cache stores keys and values",
    "roofline model compares compute and memory",
    "quantised weights take fewer bytes per parameter",
    "error E4021 means the host driver is older than the toolkit",
    "error E4012 means the device ran out of memory",
    "paged attention wastes almost no cache memory",
    "checkpoints protect long training runs from failures",
    "speculative decoding drafts several tokens per step",
    "pipeline stages wait for each other in a bubble",
    "a scheduler packs jobs on machines",
]
JUDGED = {  # query: documents a person marked as relevant
    "memory bandwidth roofline": {0, 3},
    "cache memory wasted": {7},
    "E4021": {5},
    "speculative decode": {9},
    "quantisation": {4},
    "checkpointing after a failure": {8},
    "collective communication": {1},
}


def bm25(query, docs, k1=1.2, b=0.75):
    """Ids of documents that share a word with the query, best first."""
    words = [doc.split() for doc in docs]
    mean = sum(map(len, words)) / len(docs)
    holding = Counter(word for doc in words for word in set(doc))
    scores = []
    for doc in words:
        norm = k1 * (1 - b + b * len(doc) / mean)
        idf = {w: math.log(1 + (len(docs) - holding[w] + 0.5) / (holding[w] + 0.5)) for w in query.split()}
        scores.append(sum(idf[w] * doc.count(w) * (k1 + 1) / (doc.count(w) + norm) for w in idf))
    return [i for i in sorted(range(len(docs)), key=lambda i: -scores[i]) if scores[i] > 0]


def embed(text, dims=1024):
    """A unit vector of hashed letter triples: it sees spelling, not meaning."""
    vector = np.zeros(dims)
    for word in text.split():
        for triple in zip(f"<{word}", word, f"{word}>"[1:]):
            vector[zlib.crc32("".join(triple).encode()) % dims] += 1
    return vector / np.linalg.norm(vector)


def dense(query, docs):
    similarity = np.array([embed(doc) for doc in docs]) @ embed(query)
    return [int(i) for i in np.argsort(-similarity, kind="stable") if similarity[i] > 0.05]


def rrf(*rankings, k=60):
    score = Counter()
    for ranking in rankings:
        for rank, doc in enumerate(ranking, 1):
            score[doc] += 1 / (k + rank)
    return [doc for doc, _ in sorted(score.items(), key=lambda item: (-item[1], item[0]))]


print("BM25 over the first four documents:", bm25("memory bandwidth roofline", DOCS[:4]))
for q in JUDGED:
    B,V=bm25(q,DOCS),dense(q,DOCS); print(q,B,V,rrf(B[:5],V[:5]))
    s=np.array([embed(d) for d in DOCS])@embed(q); print(np.round(s,2))
