"""The programs of `npm run bench rdd` as PySpark's users write them, with two cores.

Each line on standard input is {"program": …, "paths": […]}; the answer is a line of JSON, the same from every peer.
"""

import json
import sys

from pyspark.sql import SparkSession


def word_count(sc, path):
    words = sc.textFile(path).flatMap(lambda line: line.split(" ")).map(lambda word: (word, 1))
    counts = words.reduceByKey(lambda a, b: a + b).collect()
    return [len(counts), sum(n for _, n in counts), sum(n * len(word) for word, n in counts)]


def filter_count(sc, path):
    parts = sc.textFile(path).map(lambda line: line.split(" "))
    return [parts.filter(lambda part: int(part[-1][6:]) > 50_000).count()]


def reduce_by_key(sc, path):
    pairs = sc.textFile(path).flatMap(lambda line: line.split(" ")).map(lambda key: (key, 1))

    def summary(counts):
        keys = total = squares = 0
        for _, n in counts:
            keys += 1
            total += n
            squares += n * n
        yield [keys, total, squares]

    return sums(pairs.reduceByKey(lambda a, b: a + b).mapPartitions(summary).collect())


def tuple_keys(sc, path):
    keys = sc.textFile(path).flatMap(lambda line: line.split(" "))
    pairs = keys.map(lambda key: ((key[:3], int(key[3:])), {"n": 1, "last": int(key[8:])}))
    reduced = pairs.reduceByKey(lambda a, b: {"n": a["n"] + b["n"], "last": a["last"] + b["last"]})

    def summary(records):
        keys = total = last = numbers = 0
        for (_, number), value in records:
            keys += 1
            total += value["n"]
            last += value["last"]
            numbers += number
        yield [keys, total, last, numbers]

    return sums(reduced.mapPartitions(summary).collect())


def sort_by_key(sc, path):
    records = sc.textFile(path).map(lambda line: (int(line[:9]), line[10:]))

    def summary(records):
        count = total = digits = places = 0
        first = last = None
        for key, _ in records:
            if last is None:
                first = key
            elif key < last:
                raise ValueError(f"{key} comes after {last}")
            last = key
            total += key
            digits += key % 100
            places += count * (key % 100)
            count += 1
        yield [count, total, digits, places, first, last]

    # Two partitions, so that one is too large for a worker's memory.
    return whole_order(records.sortByKey(True, 2).mapPartitions(summary).collect())


def whole_order(partitions):
    """The sums of all partitions, as if they were one: a place in the second comes after all of the first."""
    count = total = places = 0
    before = None
    for size, keys, digits, own_places, first, last in partitions:
        if before is not None and first < before:
            raise ValueError(f"{first} comes after {before}")
        places += own_places + count * digits
        count += size
        total += keys
        before = last
    return [count, total, places]


def group_by_key(sc, path):
    records = sc.textFile(path).map(lambda line: (line[:12], int(line[13:])))

    def summary(groups):
        keys = total = squares = 0
        for _, values in groups:
            keys += 1
            total += sum(values)
            squares += len(values) ** 2
        yield [keys, total, squares]

    return sums(records.groupByKey().mapPartitions(summary).collect())


def join(sc, left, right):
    def pairs(path):
        return sc.textFile(path).map(lambda line: (line[:8], int(line[9:])))

    def summary(joined):
        records = lefts = differences = 0
        for _, (a, b) in joined:
            records += 1
            lefts += a
            differences += abs(a - b)
        yield [records, lefts, differences]

    return sums(pairs(left).join(pairs(right)).mapPartitions(summary).collect())


def sums(summaries):
    return [sum(column) for column in zip(*summaries, strict=True)]


PROGRAMS = {
    "wordCount": word_count,
    "filterCount": filter_count,
    "reduceByKey": reduce_by_key,
    "tupleKeys": tuple_keys,
    "sortByKey": sort_by_key,
    "groupByKey": group_by_key,
    "join": join,
}


def main():
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "4g")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    sc = builder.getOrCreate().sparkContext
    sc.setLogLevel("ERROR")
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(PROGRAMS[asked["program"]](sc, *asked["paths"])), flush=True)


main()
