"""What PySpark's StatCounter makes of numbers in several partitions, one JSON line each."""

import json
import random

from pyspark.statcounter import StatCounter

random.seed(6)
lists = [
    [[]],
    [[], []],
    [[5]],
    [[1, 2, 3, 4], [5, 6]],
    [[1.5], [], [2.5, -3.25]],
    [[10**9 + i for i in range(50)], [1, 2]],
    [[1, 2], [10**9 + i for i in range(50)]],
    [[random.gauss(5, 3) for _ in range(random.randrange(200))] for _ in range(7)],
    [[float("inf"), 1.0], [2.0]],
]
for partitions in lists:
    counter = StatCounter()
    for partition in partitions:
        counter.mergeStats(StatCounter(partition))
    answers = [counter.asDict(), counter.asDict(True)]
    numbers = [{name: str(float(value)) for name, value in answer.items()} for answer in answers]
    given = [[str(float(value)) for value in partition] for partition in partitions]
    print(json.dumps([given, numbers], separators=(",", ":")))
