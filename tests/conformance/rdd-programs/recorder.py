"""Runs programs on PySpark's RDDs, for record.ts.

Standard input: one line of JSON with the tables of data.ts, then one for each program, {"python"}. Standard output: one
line of JSON for each program, {"value"} or {"raises"}, in the same order.
"""

import itertools
import json
import logging
import math
import os
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Iterable

# Strings are placed by their hash, which must be the workers' on the driver too.
if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import pyspark  # noqa: E402
from pyspark import SparkConf, SparkContext  # noqa: E402
from pyspark.statcounter import StatCounter  # noqa: E402

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def tagged(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"$big": str(value)}
    if isinstance(value, float):
        if math.isnan(value):
            return {"$float": "NaN"}
        if math.isinf(value):
            return {"$float": "Infinity" if value > 0 else "-Infinity"}
        if value == 0 and math.copysign(1, value) < 0:
            return {"$float": "-0"}
        return float(value)
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": value.hex()}
    if isinstance(value, (set, frozenset)):
        return {"$set": [tagged(one) for one in value]}
    if isinstance(value, dict):
        return {"$map": [[tagged(key), tagged(one)] for key, one in value.items()]}
    if isinstance(value, StatCounter):
        return tagged(value.asDict())
    if isinstance(value, Iterable):
        return [tagged(one) for one in value]
    raise TypeError(f"recorder.py has no form for a {type(value).__name__}")


def tuples(value):
    """JSON's lists as tuples, which can be keys."""
    return tuple(map(tuples, value)) if isinstance(value, list) else value


def run(sc, data, text):
    folder = tempfile.mkdtemp()
    known = {"__name__": "__main__", "sc": sc, "folder": folder, **data}
    text = textwrap.dedent(text).strip()
    try:
        return eval(compile(text, "program", "eval"), known)
    except SyntaxError:
        body = textwrap.indent(text, "    ")
        exec(compile(f"def program():\n{body}\n", "program", "exec"), known)
        return known["program"]()


def main():
    settings = {
        "spark.master": "local[2]",
        "spark.app.name": "programs",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "1g",
        "spark.log.level": "OFF",
    }
    sc = SparkContext(conf=SparkConf().setAll(settings.items()))
    data = {name: list(tuples(table)) for name, table in json.loads(sys.stdin.readline()).items()}
    for line in sys.stdin:
        try:
            answer = {"value": tagged(run(sc, data, json.loads(line)["python"]))}
        except Exception as error:
            said = str(error).strip().split("\n")
            # An exception of a worker comes in Java's; its own name stands in the last line of Python's trace.
            inner = [one for one in said if one.strip().startswith(("pyspark.errors.", "pickle."))]
            name = type(error).__name__
            answer = {"raises": f"{name}: {said[0][:200]}", "inner": inner[:1]}
            if isinstance(error, (NameError, SyntaxError, AttributeError)) or "NameError" in str(error):
                answer["broken"] = str(error)[-1500:]
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    sc.stop()


main()
