"""Prints the public names of the installed pyspark as JSON: what docs/reference/parity.md compares ours with."""

import importlib
import inspect
import json
import os

os.environ["SPARK_CONNECT_MODE_ENABLED"] = "1"

import pyspark  # noqa: E402

# A class counts with its Connect counterpart: what either has is public.
CLASSES = {
    "SparkSession": ["pyspark.sql.session:SparkSession", "pyspark.sql.connect.session:SparkSession"],
    "SparkSession.Builder": [
        "pyspark.sql.session:SparkSession.Builder",
        "pyspark.sql.connect.session:SparkSession.Builder",
    ],
    "DataFrame": ["pyspark.sql.dataframe:DataFrame", "pyspark.sql.connect.dataframe:DataFrame"],
    "Column": ["pyspark.sql.column:Column", "pyspark.sql.connect.column:Column"],
    "GroupedData": ["pyspark.sql.group:GroupedData", "pyspark.sql.connect.group:GroupedData"],
    "DataFrameReader": [
        "pyspark.sql.readwriter:DataFrameReader",
        "pyspark.sql.connect.readwriter:DataFrameReader",
    ],
    "DataFrameWriter": [
        "pyspark.sql.readwriter:DataFrameWriter",
        "pyspark.sql.connect.readwriter:DataFrameWriter",
    ],
    "DataFrameWriterV2": [
        "pyspark.sql.readwriter:DataFrameWriterV2",
        "pyspark.sql.connect.readwriter:DataFrameWriterV2",
    ],
    "MergeIntoWriter": ["pyspark.sql.merge:MergeIntoWriter", "pyspark.sql.connect.merge:MergeIntoWriter"],
    "MergeIntoWriter.WhenMatched": [
        "pyspark.sql.merge:MergeIntoWriter.WhenMatched",
        "pyspark.sql.connect.merge:MergeIntoWriter.WhenMatched",
    ],
    "MergeIntoWriter.WhenNotMatched": [
        "pyspark.sql.merge:MergeIntoWriter.WhenNotMatched",
        "pyspark.sql.connect.merge:MergeIntoWriter.WhenNotMatched",
    ],
    "MergeIntoWriter.WhenNotMatchedBySource": [
        "pyspark.sql.merge:MergeIntoWriter.WhenNotMatchedBySource",
        "pyspark.sql.connect.merge:MergeIntoWriter.WhenNotMatchedBySource",
    ],
    "DataFrameNaFunctions": [
        "pyspark.sql.dataframe:DataFrameNaFunctions",
        "pyspark.sql.connect.dataframe:DataFrameNaFunctions",
    ],
    "DataFrameStatFunctions": [
        "pyspark.sql.dataframe:DataFrameStatFunctions",
        "pyspark.sql.connect.dataframe:DataFrameStatFunctions",
    ],
    "Catalog": ["pyspark.sql.catalog:Catalog", "pyspark.sql.connect.catalog:Catalog"],
    "Window": ["pyspark.sql.window:Window", "pyspark.sql.connect.window:Window"],
    "WindowSpec": ["pyspark.sql.window:WindowSpec", "pyspark.sql.connect.window:WindowSpec"],
    "Observation": ["pyspark.sql.observation:Observation", "pyspark.sql.connect.observation:Observation"],
    "RuntimeConfig": ["pyspark.sql.conf:RuntimeConfig", "pyspark.sql.connect.conf:RuntimeConf"],
    "UDFRegistration": ["pyspark.sql.udf:UDFRegistration", "pyspark.sql.connect.udf:UDFRegistration"],
    "UDTFRegistration": ["pyspark.sql.udtf:UDTFRegistration", "pyspark.sql.connect.udtf:UDTFRegistration"],
    "TableValuedFunction": [
        "pyspark.sql.tvf:TableValuedFunction",
        "pyspark.sql.connect.tvf:TableValuedFunction",
    ],
    "SQLContext": ["pyspark.sql.context:SQLContext"],
    "StorageLevel": ["pyspark.storagelevel:StorageLevel"],
    "SparkContext": ["pyspark.core.context:SparkContext"],
    "SparkConf": ["pyspark.conf:SparkConf"],
    "RDD": ["pyspark.core.rdd:RDD"],
    "Row": ["pyspark.sql.types:Row"],
    "Broadcast": ["pyspark.core.broadcast:Broadcast"],
    "Accumulator": ["pyspark.accumulators:Accumulator"],
}

# Python's operators and subscripts: methods of ours have other names for them.
OPERATORS = """__getitem__ __getattr__ __contains__ __call__ __add__ __sub__ __mul__ __truediv__ __mod__ __pow__ __neg__
__and__ __or__ __invert__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __iadd__ __dir__""".split()
WITH_OPERATORS = {"DataFrame", "Column", "Row", "Accumulator"}


def find(path):
    module, _, name = path.partition(":")
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def members(title, paths):
    names = set()
    for path in paths:
        cls = find(path)
        names |= {name for name in dir(cls) if not name.startswith("_")}
        if title in WITH_OPERATORS:
            own = {name for base in cls.__mro__ if base.__module__.startswith("pyspark") for name in vars(base)}
            names |= own & set(OPERATORS)
    return sorted(names)


def exports(module):
    """The documented names: of __all__ where the module has one, else what it defines itself."""
    found = importlib.import_module(module)
    names = getattr(found, "__all__", None)
    if names is None:
        names = [
            name
            for name, value in vars(found).items()
            if not name.startswith("_") and getattr(value, "__module__", None) == module
        ]
    return sorted(names)


groups = {"functions": exports("pyspark.sql.functions"), "types": exports("pyspark.sql.types")}
groups |= {title: members(title, paths) for title, paths in CLASSES.items()}
print(json.dumps({"pyspark": pyspark.__version__, "names": groups}, indent=2))
