"""Keys of every kind and what PySpark's portable_hash makes of them, one JSON line a key."""

import json
import random
import sys

from pyspark.core.rdd import portable_hash

random.seed(6)
# High and low surrogates apart: side by side they are one character in JavaScript and two in Python.
alphabets = ["abcdefghij", "aé÷ÿ ", "aж日本", "a😀𝒳é", "a\ud800\ud83d\ue000", "a\udc00"]
sizes = [*range(18), 31, 64]


def text(size):
    return "".join(random.choices(random.choice(alphabets), k=size)) if size else ""


def key(depth=0):
    kind = random.randrange(9 if depth < 3 else 7)
    if kind == 0:
        return random.choice([None, True, False, 0, -1, -2, 1, 2**53, -(2**53), 2**61 - 1, 2**61, 2**64])
    if kind == 1:
        return random.randrange(-(2**31), 2**31)
    if kind == 2:
        return random.choice([-1, 1]) * random.getrandbits(random.choice([40, 53, 60, 64, 100, 200]))
    if kind == 3:
        return random.choice([-1, 1]) * random.random() * 10.0 ** random.randrange(-310, 309)
    if kind == 4:
        return random.choice([0.5, -0.0, -1.0, 5e-324, float("inf"), float("-inf"), sys.float_info.max])
    if kind == 5:
        return random.randbytes(random.choice(sizes))
    if kind == 6 or depth == 3:
        return text(random.choice(sizes))
    return tuple(key(depth + 1) for _ in range(random.randrange(5)))


def tagged(value):
    if isinstance(value, tuple):
        return [tagged(item) for item in value]
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if type(value) is int and abs(value) > 2**53 - 1:
        return {"bigint": str(value)}
    if value in (float("inf"), float("-inf")):
        return {"float": "Infinity" if value > 0 else "-Infinity"}
    return value


keys = [text(size) for size in sizes] + [key() for _ in range(2000)]
lines = [(tagged(item), portable_hash(item)) for item in keys]
for repeated in ("ab", "aé", "aж", "a😀"):  # more than a page of memory
    lines.append(({"repeat": repeated}, portable_hash(repeated * 40000)))
for item, value in lines:
    print(json.dumps([item, str(value)], separators=(",", ":")))
