"""Answers each path on standard input with the number of its lines, counted by PySpark's RDD with two cores."""

import sys

from pyspark.sql import SparkSession

builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
for path in map(str.strip, sys.stdin):
    print(spark.sparkContext.textFile(path).map(lambda line: line.split(" ")).count(), flush=True)
