"""Draws of Python's random.Random for several seeds, and of PySpark's samplers, one JSON line each."""

import json
import random

from pyspark.core.rdd import RDD
from pyspark.rddsampler import RDDRangeSampler, RDDSampler, RDDStratifiedSampler


def line(*values):
    print(json.dumps(values, separators=(",", ":")))


for seed in [0, 1, 7, -7, 2**31, 2**32, 2**53 - 1, 2**63 - 1, 2**64 + 1, -(2**70), 12345678901234567890]:
    draw = random.Random(seed)
    result = {
        "random": [draw.random() for _ in range(700)][-5:],
        "bits": [str(draw.getrandbits(bits)) for bits in (1, 5, 31, 32, 33, 53, 54, 64, 100)],
        "ints": [draw.randint(0, 1), draw.randint(-5, 5), draw.randint(3, 3), str(draw.randint(0, 2**63 - 1))],
        "expovariate": [draw.expovariate(25.0) for _ in range(3)],
    }
    items = list(range(30))
    draw.shuffle(items)
    result["shuffled"] = items
    result["samples"] = [draw.sample(range(n), k) for n, k in ((5, 5), (22, 3), (21, 3), (100, 6), (1000, 20), (9, 0))]
    line("random", str(seed), result)

records = list(range(200))
for seed in [0, 1, 42, -3, 2**40, 2**63 - 1]:
    for split in [0, 1, 2, 199]:
        for replacing, fraction in [(False, 0.0), (False, 0.1), (False, 1.0), (True, 0.5), (True, 3.0), (True, 25.0)]:
            taken = list(RDDSampler(replacing, fraction, seed).func(split, records[: 30 if fraction > 2 else 200]))
            line("sample", str(seed), split, replacing, fraction, taken)
        line("split", str(seed), split, 0.25, 0.75, list(RDDRangeSampler(0.25, 0.75, seed).func(split, records)))
        pairs = [(f"k{i % 3}", i) for i in records]
        fractions = {"k0": 0.1, "k1": 0.5, "k2": 1.5}
        for replacing in (False, True):
            taken = [v for _, v in RDDStratifiedSampler(replacing, fractions, seed).func(split, pairs)]
            line("sampleByKey", str(seed), split, replacing, taken)

for count, total in [(1, 10), (5, 10), (11, 100), (12, 100), (1000, 100000)]:
    for replacing in (False, True):
        fraction = RDD._computeFractionForSampleSize(count, total, replacing)
        line("fraction", count, total, replacing, fraction)
