"""Retrieval in miniature: BM25, a hashed vector, two ways to fuse them, and the metrics that judge
all four; then what a graph index saves in distances and takes in memory."""

import heapq
import math
import zlib
from collections import Counter

import numpy as np

DOCS = """gpu memory bandwidth limits decode | ring all reduce moves data
kv cache stores keys and values | roofline model compares compute and memory
quantised weights take fewer bytes per parameter | error E4021 means the host driver is older than the toolkit
error E4012 means the device ran out of memory | paged attention wastes almost no cache memory
checkpoints protect long training runs from failures | speculative decoding drafts several tokens per step"""
DOCS = DOCS.replace("\n", " | ").split(" | ")
JUDGED = {  # query: the documents a person marked as relevant
    "memory bandwidth roofline": {0, 3}, "cache memory wasted": {7}, "E4021": {5}, "the ring": {1},
    "speculative decode": {9}, "quantisation": {4}, "checkpointing after failure": {8}, "collective communication": {1},
}  # fmt: skip


def bm25(query, docs, k1=1.2, b=0.75):
    """One score per document, 0 where no word is shared."""
    words, score = [doc.split() for doc in docs], np.zeros(len(docs))
    mean = sum(map(len, words)) / len(docs)
    for term in query.split():
        holding = sum(term in doc for doc in words)
        idf = math.log(1 + (len(docs) - holding + 0.5) / (holding + 0.5))
        for i, doc in enumerate(words):
            if f := doc.count(term):
                score[i] += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(doc) / mean))
    return score


def embed(text, dims=1024):
    """A unit vector of hashed letter triples. It sees spelling; a learned model would see meaning."""
    vector = np.zeros(dims)
    for word in text.split():
        for triple in zip("<" + word, word, word[1:] + ">"):
            vector[zlib.crc32("".join(triple).encode()) % dims] += 1
    return vector / np.linalg.norm(vector)


def dense(query, docs):
    return np.array([embed(doc) for doc in docs]) @ embed(query)


def best_first(score):
    """Documents with a score above 0; equal scores keep the order of the collection."""
    return [int(i) for i in np.argsort(-score, kind="stable") if score[i] > 0]


def weighted(lexical, vector, weight=0.5):
    """Scores mapped to 0..1 per query, then averaged: distances survive that ranks throw away."""
    unit = [(s - s.min()) / (np.ptp(s) or 1) for s in (lexical, vector)]
    return (1 - weight) * unit[0] + weight * unit[1]


def rrf(*rankings, k=60):
    score = Counter()
    for ranking in rankings:
        for rank, doc in enumerate(ranking, 1):
            score[doc] += 1 / (k + rank)
    return [doc for doc, _ in score.most_common()]  # equal sums keep the order of the first ranking


def judge(ranking, relevant, k=3):
    """Recall@k, reciprocal rank and nDCG@k."""
    hits = [rank for rank, doc in enumerate(ranking, 1) if doc in relevant]
    dcg = sum(1 / math.log2(rank + 1) for rank in hits if rank <= k)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return sum(rank <= k for rank in hits) / len(relevant), 1 / hits[0] if hits else 0, dcg / ideal


def search(vectors, links, query, ef, start=0):
    """Best-first walk, as in the bottom layer of HNSW: the ten nearest found, and distances computed."""
    seen = {start: float(np.sum((vectors[start] - query) ** 2))}
    queue, best = [(seen[start], start)], [(-seen[start], start)]
    while queue and (len(best) < ef or queue[0][0] <= -best[0][0]):
        for other in links[heapq.heappop(queue)[1]] - seen.keys():
            seen[other] = float(np.sum((vectors[other] - query) ** 2))
            heapq.heappush(queue, (seen[other], other))
            heapq.heappush(best, (-seen[other], other))
            if len(best) > ef:
                heapq.heappop(best)
    return {i for _, i in sorted(best)[-10:]}, len(seen)


print("BM25 on the first four documents:", best_first(bm25("memory bandwidth roofline", DOCS[:4])))
print(f"\n{'first three documents':<30}{'BM25':<12}{'vector':<12}{'by rank':<12}by score")
total = np.zeros((4, 3))
for query, relevant in JUDGED.items():
    lexical, vector = bm25(query, DOCS), dense(query, DOCS)
    by_words, by_vector = best_first(lexical), best_first(vector)
    runs = by_words, by_vector, rrf(by_words, by_vector), best_first(weighted(lexical, vector))
    total += [judge(run, relevant) for run in runs]
    print(f"  {query:<28}{str(runs[0][:3]):<12}{str(runs[1][:3]):<12}{str(runs[2][:3]):<12}{runs[3][:3]}")
for name, row in zip(("BM25", "vector", "by rank", "by score"), total / len(JUDGED)):
    print(f"  {name:<10}recall@3 {row[0]:.3f}   MRR {row[1]:.3f}   nDCG@3 {row[2]:.3f}")

points, queries = np.split(np.random.default_rng(0).normal(size=(4050, 16)), [4000])
apart = (points**2).sum(1) - 2 * points @ points.T  # squared distance, up to a constant per row
links = [set(row.tolist()) for row in np.argpartition(apart, 9, axis=1)[:, :9]]  # itself and 8 others
for i, row in enumerate([tuple(row) for row in links]):
    for j in row:
        links[j].add(i)
print("\ngraph search in 4,000 random vectors: recall@10, share of distances computed")
for ef in (10, 20, 40, 80):
    found = [search(points, links, q, ef) for q in queries]
    exact = [np.argsort(((points - q) ** 2).sum(1))[:10].tolist() for q in queries]
    recall = np.mean([len(ids & set(truth)) / 10 for (ids, _), truth in zip(found, exact)])
    print(f"  ef {ef:>3}   {recall:.2f}   {np.mean([count for _, count in found]) / len(points):.0%}")

N, DIMS, M = 10_000_000, 1024, 16  # assumed
print(f"\nGB for {N:,} vectors of {DIMS:,} dimensions")
for name, size in (("float32", 4 * DIMS), ("float16", 2 * DIMS), ("int8", DIMS), ("1 bit", DIMS / 8), ("HNSW links", 8 * M)):
    print(f"  {name:<10} {N * size / 1e9:>5.2f}")
