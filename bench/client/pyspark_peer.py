"""Answers each task on standard input with what it took, measured with pyspark's Connect client."""

import json
import os
import resource
import sys
import threading
import time

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.session import SparkSession

spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).getOrCreate()


def three_columns(rows):
    return spark.range(rows).select("id", (F.col("id") * 0.5).alias("half"), F.col("id").cast("string").alias("text"))


def sql(count):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        assert spark.sql("SELECT 1").collect()[0][0] == 1
        times.append(time.perf_counter() - start)
    return {"seconds": sorted(times)[len(times) // 2]}


def arrow(rows):
    assert three_columns(rows).toArrow().num_rows == rows
    return {}


def iterate(rows):
    seen = 0
    for _ in three_columns(rows).toLocalIterator():
        seen += 1
    assert seen == rows
    return {}


def create(rows):
    data = [(i, f"name {i}", i * 0.5) for i in range(rows)]
    start = time.perf_counter()
    frame = spark.createDataFrame(data, "id bigint, name string, value double")
    assert frame.count() == rows
    return {"seconds": time.perf_counter() - start}


def plan(steps):
    frame = spark.range(1)
    for i in range(steps):
        frame = frame.withColumn(f"c{i}", F.col("id") + F.lit(i))
    return {"bytes": len(frame._plan.to_proto(spark.client).SerializeToString())}


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def measured(task, size):
    peak = [resident()]
    before = peak[0]
    done = threading.Event()

    def watch():
        while not done.wait(0.05):
            peak[0] = max(peak[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    cpu, start = time.process_time(), time.perf_counter()
    try:
        answer = task(size)
    finally:
        wall, used = time.perf_counter() - start, time.process_time() - cpu
        done.set()
        watcher.join()
    return {"seconds": wall, "cpuSeconds": used, "grownBytes": max(peak[0], resident()) - before, **answer}


tasks = {"sql": sql, "arrow": arrow, "iterate": iterate, "create": create, "plan": plan}
for line in sys.stdin:
    name, size = line.split()
    print(json.dumps(measured(tasks[name], int(size))), flush=True)
