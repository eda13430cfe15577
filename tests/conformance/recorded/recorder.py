"""Evaluates cases with PySpark's own Connect client, for record.ts.

Argument: the address of a Spark Connect server. Standard input: a line of JSON for each case, {"text", "tree"}, where
the tree is the case's syntax tree (ESTree). Standard output: a line of JSON for each case, in the same order.
"""

import contextlib
import datetime
import decimal
import inspect
import io
import json
import logging
import math
import operator
import os
import re
import sys
import time
import warnings
from collections.abc import Sequence

os.environ["TZ"] = "UTC"
time.tzset()
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import pyarrow as pa  # noqa: E402
from google.protobuf.json_format import MessageToDict  # noqa: E402
from pyspark.errors import PySparkException  # noqa: E402
from pyspark.errors.exceptions.connect import SparkConnectException  # noqa: E402
from pyspark.sql import Row, types  # noqa: E402
from pyspark.sql.connect import functions  # noqa: E402
from pyspark.sql.connect.client import SparkConnectClient  # noqa: E402
from pyspark.sql.connect.column import Column  # noqa: E402
from pyspark.sql.connect.dataframe import DataFrame  # noqa: E402
from pyspark.sql.connect.plan import CachedRelation  # noqa: E402
from pyspark.sql.connect.session import SparkSession  # noqa: E402
from pyspark.sql.connect.window import Window  # noqa: E402


class Unconvertible(Exception):
    """The case's text doesn't convert to Python. The case must be changed, or the converter taught."""


# ---- names and values in scope ----


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def member(owner, name):
    """An attribute under PySpark's own name; instances are looked up by class, because columns have every name."""
    where = owner if inspect.ismodule(owner) or inspect.isclass(owner) else type(owner)
    for candidate in (name, snake(name)):
        if hasattr(where, candidate):
            return getattr(owner, candidate)
    bare = name.lower()
    for candidate in dir(where):
        if candidate.replace("_", "").lower() == bare and not candidate.startswith("_"):
            return getattr(owner, candidate)
    if isinstance(owner, Row) and name in owner:
        return owner[name]
    raise Unconvertible(f"{where.__name__} of pyspark has no {name}")


OPERATORS = {
    "gt": operator.gt,
    "geq": operator.ge,
    "lt": operator.lt,
    "leq": operator.le,
    "eq": operator.eq,
    "neq": operator.ne,
    "plus": operator.add,
    "minus": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "mod": operator.mod,
    "pow": operator.pow,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.invert,
    "negate": operator.neg,
}


def fit(value, kind):
    """A value as createDataFrame wants it: JavaScript has one kind of number, and rows of structs are arrays."""
    if value is None:
        return None
    if isinstance(kind, (types.FloatType, types.DoubleType)) and isinstance(value, int):
        return float(value)
    if isinstance(kind, types.DecimalType) and isinstance(value, int):
        return decimal.Decimal(value)
    if isinstance(kind, types.ArrayType) and isinstance(value, (list, tuple)):
        return [fit(v, kind.elementType) for v in value]
    if isinstance(kind, types.MapType) and isinstance(value, dict):
        return {fit(k, kind.keyType): fit(v, kind.valueType) for k, v in value.items()}
    if isinstance(kind, types.StructType):
        if isinstance(value, dict):
            return tuple(fit(value.get(f.name), f.dataType) for f in kind.fields)
        if isinstance(value, (list, tuple)) and len(value) == len(kind.fields):
            return tuple(fit(v, f.dataType) for v, f in zip(value, kind.fields))
    return value


parsed = {}


def df(rows, schema=None):
    if isinstance(schema, str):
        if schema not in parsed:
            parsed[schema] = spark._parse_ddl(schema)
        schema = parsed[schema]
    if isinstance(schema, types.StructType):
        rows = [fit(row, schema) for row in rows]
    return spark.createDataFrame(rows, schema)


class Value:
    """What a case gives that isn't a DataFrame."""

    def __init__(self, value):
        self.value = value


def moment(text):
    return datetime.datetime.fromisoformat(text)


def row(*values):
    if len(values) == 1 and isinstance(values[0], dict):
        return Row(**values[0])
    return tuple(values)


def steps(*values):
    return values[-1]


def use(*values):
    return values[-1](*values[:-1])


def name(*parts):
    return "".join(str(part) for part in parts)


SCOPE = {
    "F": functions,
    "W": Window,
    "T": types,
    "df": df,
    "dec": decimal.Decimal,
    "ts": moment,
    "ntz": moment,
    "date": datetime.date.fromisoformat,
    "bytes": bytes.fromhex,
    "map": lambda entries: {k: v for k, v in entries},
    "row": row,
    "big": int,
    "nan": math.nan,
    "inf": math.inf,
    "value": Value,
    "steps": steps,
    "use": use,
    "each": lambda n, make: [make(i) for i in range(n)],
    "name": name,
    "undefined": None,
}

# ---- syntax trees to values ----


def evaluate(node, scope):
    kind = node["type"]
    handler = HANDLERS.get(kind)
    if handler is None:
        raise Unconvertible(f"{kind} isn't part of what cases may say")
    return handler(node, scope)


def literal(node, scope):
    value = node.get("value")
    if "regex" in node or "bigint" in node:
        raise Unconvertible("write big(\"…\") for integers beyond 2^53, and no regular expressions")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # JavaScript doesn't tell 1 from 1.0; the text of the case does.
        is_whole = float(value).is_integer() and abs(value) <= 2**53 and not re.search(r"[.e]", node["raw"])
        return int(value) if is_whole else float(value)
    return value


def identifier(node, scope):
    if node["name"] not in scope:
        raise Unconvertible(f"nothing called {node['name']} is in scope")
    return scope[node["name"]]


def unary(node, scope):
    value = evaluate(node["argument"], scope)
    if node["operator"] != "-" or isinstance(value, Column):
        raise Unconvertible(f"the operator {node['operator']}")
    return -0.0 if value == 0 else -value


def elements(nodes, scope):
    values = []
    for node in nodes:
        if node["type"] == "SpreadElement":
            values.extend(evaluate(node["argument"], scope))
        else:
            values.append(evaluate(node, scope))
    return values


def mapping(node, scope):
    result = {}
    for prop in node["properties"]:
        if prop["type"] != "Property" or prop["computed"]:
            raise Unconvertible("an object with more than plain keys")
        key = prop["key"]
        result[key["value"] if key["type"] == "Literal" else key["name"]] = evaluate(prop["value"], scope)
    return result


def template(node, scope):
    texts = [quasi["value"]["cooked"] for quasi in node["quasis"]]
    values = [str(evaluate(e, scope)) for e in node["expressions"]]
    return "".join(part for pair in zip(texts, [*values, ""]) for part in pair)


def arrow(node, scope):
    if node["body"]["type"] in ("BlockStatement", "FunctionBody"):
        raise Unconvertible("a function with statements")
    names = []
    for param in node["params"]:
        if param["type"] != "Identifier":
            raise Unconvertible("a function with more than plain parameters")
        names.append(param["name"])
    body = node["body"]

    def call(*values):
        return evaluate(body, {**scope, **dict(zip(names, values))})

    # PySpark looks at how many parameters a function has.
    listed = ", ".join(f"p{i}" for i in range(len(names)))
    return eval(f"lambda {listed}: call({listed})", {"call": call})


def index(node, scope):
    owner = evaluate(node["object"], scope)
    if node["computed"]:
        return owner[evaluate(node["property"], scope)]
    return member(owner, node["property"]["name"])


def keyword_name(name, parameters):
    for candidate in (name, snake(name)):
        if candidate in parameters:
            return candidate
    return None


def call(node, scope):
    callee = node["callee"]
    nodes = list(node["arguments"])
    if callee["type"] == "MemberExpression" and not callee["computed"]:
        owner = evaluate(callee["object"], scope)
        called = callee["property"]["name"]
        if isinstance(owner, Column) and called in OPERATORS:
            return OPERATORS[called](owner, *elements(nodes, scope))
        function = member(owner, called)
        if not callable(function) and not nodes:
            return function  # a property in Python, a method in TypeScript
        if isinstance(function, (Column, DataFrame)) and not nodes:
            return function
    else:
        function = evaluate(callee, scope)
        called = ""
    keywords = {}
    if nodes and nodes[-1]["type"] == "ObjectExpression":
        options = mapping(nodes[-1], scope)
        try:
            parameters = inspect.signature(function).parameters
        except (TypeError, ValueError):
            parameters = {}
        named = {keyword_name(key, parameters): value for key, value in options.items()}
        takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
        if None not in named:
            keywords = named
            nodes.pop()
        elif takes_any and called != "sql":
            keywords = {keyword_name(key, parameters) or key: value for key, value in options.items()}
            nodes.pop()
    return function(*elements(nodes, scope), **keywords)


def new(node, scope):
    return call(node, scope)


HANDLERS = {
    "Literal": literal,
    "Identifier": identifier,
    "UnaryExpression": unary,
    "ArrayExpression": lambda node, scope: elements(node["elements"], scope),
    "ObjectExpression": mapping,
    "TemplateLiteral": template,
    "ArrowFunctionExpression": arrow,
    "MemberExpression": index,
    "CallExpression": call,
    "NewExpression": new,
    "ParenthesizedExpression": lambda node, scope: evaluate(node["expression"], scope),
}

# ---- results as tagged JSON ----

EPOCH = datetime.datetime(1970, 1, 1)


def number(value):
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"$big": str(value)}
    if math.isnan(value):
        return {"$float": "NaN"}
    if math.isinf(value):
        return {"$float": "Infinity" if value > 0 else "-Infinity"}
    if value == 0 and math.copysign(1, value) < 0:
        return {"$float": "-0"}
    return value


def iso(micros):
    text = (EPOCH + datetime.timedelta(microseconds=micros)).isoformat(timespec="microseconds")
    return text


def decimal_text(value):
    return format(value, "f")


def column(array):
    """The values of an Arrow array; not to_pylist, which loses microseconds, duplicate fields and -0's company."""
    if isinstance(array, pa.ChunkedArray):
        return [value for chunk in array.chunks for value in column(chunk)]
    kind = array.type
    valid = array.is_valid().to_pylist()

    def each(values, make):
        return [make(v) if ok else None for v, ok in zip(values, valid)]

    if pa.types.is_null(kind):
        return [None] * len(array)
    if pa.types.is_boolean(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return array.to_pylist()
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return each(array.to_pylist(), number)
    if pa.types.is_decimal(kind):
        return each(array.to_pylist(), lambda v: {"$dec": decimal_text(v)})
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return each(array.to_pylist(), lambda v: {"$bin": v.hex()})
    if pa.types.is_date(kind):
        days = array.cast(pa.int32()).to_pylist()
        return each(days, lambda v: {"$date": iso(v * 86_400_000_000)[:10]})
    if pa.types.is_timestamp(kind):
        tag, tail = ("$ts", "Z") if kind.tz else ("$ntz", "")
        return each(array.cast(pa.timestamp("us", kind.tz)).cast(pa.int64()).to_pylist(), lambda v: {tag: iso(v) + tail})
    if pa.types.is_duration(kind):
        return each(array.cast(pa.duration("us")).cast(pa.int64()).to_pylist(), lambda v: {"$dayTime": str(v)})
    if pa.types.is_interval(kind):
        return each(array.to_pylist(), lambda v: {"$interval": [v.months, v.days, str(v.nanoseconds)]})
    if pa.types.is_time(kind):
        return each(array.cast(pa.time64("ns")).cast(pa.int64()).to_pylist(), lambda v: {"$time": str(v)})
    if pa.types.is_map(kind):
        keys, items = column(array.keys), column(array.items)
        start = array.offsets[0].as_py() if len(array) else 0
        bounds = [(o.as_py() - start) for o in array.offsets]
        return [
            {"$map": [[k, v] for k, v in zip(keys[bounds[i] : bounds[i + 1]], items[bounds[i] : bounds[i + 1]])]}
            if valid[i]
            else None
            for i in range(len(array))
        ]
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        values = column(array.values)
        bounds = [o.as_py() for o in array.offsets]
        return [values[bounds[i] : bounds[i + 1]] if valid[i] else None for i in range(len(array))]
    if pa.types.is_struct(kind):
        fields = [column(array.field(i)) for i in range(kind.num_fields)]
        if [kind.field(i).name for i in range(kind.num_fields)] == ["value", "metadata"] and (
            kind.field(1).metadata or {}
        ).get(b"variant") == b"true":
            make = lambda v, m: types.VariantVal(bytes.fromhex(v["$bin"]), bytes.fromhex(m["$bin"])).toJson()
            return [{"$variant": make(fields[0][i], fields[1][i])} if ok else None for i, ok in enumerate(valid)]
        return [{"$row": [f[i] for f in fields]} if ok else None for i, ok in enumerate(valid)]
    raise Unconvertible(f"results of Arrow's type {kind}: cast it to a string in the case")


def plain(value):
    """A Python value of `value(…)`."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, decimal.Decimal):
        return {"$dec": decimal_text(value)}
    if isinstance(value, datetime.datetime):
        return {"$ts": value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"}
    if isinstance(value, datetime.date):
        return {"$date": value.isoformat()}
    if isinstance(value, (bytes, bytearray)):
        return {"$bin": bytes(value).hex()}
    if isinstance(value, Row):
        return {"$row": [plain(v) for v in value]}
    if isinstance(value, types.DataType):
        return {"$type": value.jsonValue()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: plain(v) for key, v in value._asdict().items()}
    if isinstance(value, Sequence):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {"$map": [[plain(k), plain(v)] for k, v in value.items()]}
    raise Unconvertible(f"a value of {type(value).__name__}")


# ---- what the client sends ----

requests = []
inner = SparkConnectClient._execute_and_fetch_as_iterator


def recording(self, req, *args, **kwargs):
    requests.append(MessageToDict(req.plan))
    return inner(self, req, *args, **kwargs)


SparkConnectClient._execute_and_fetch_as_iterator = recording

asked = []
inner_schema = SparkConnectClient.schema


def asking(self, plan):
    schema = inner_schema(self, plan)
    asked.append(schema.jsonValue())
    return schema


SparkConnectClient.schema = asking


def marker(self, session):
    """The server's answer to a command is the server's: plans name it, and it isn't compared."""
    relation = self._plan.__class__()
    relation.read.named_table.unparsed_identifier = "answer of a command"
    return relation


answer_of = CachedRelation.plan


def plan_of(frame):
    CachedRelation.plan = marker
    try:
        return MessageToDict(frame._plan.to_proto(frame._session.client).root)
    finally:
        CachedRelation.plan = answer_of


def bare(tree):
    """A plan without what differs from one making to the next: ids, and the names of lambdas' variables."""
    if isinstance(tree, list):
        return [bare(part) for part in tree]
    if isinstance(tree, dict):
        return {
            key: [re.sub(r"_\d+$", "", n) for n in part] if key == "nameParts" else bare(part)
            for key, part in tree.items()
            if key not in ("planId", "planIds", "common", "data")
        }
    return tree


def failure(error):
    if error.getCondition() == "SESSION_OR_CONTEXT_NOT_EXISTS":
        raise Unconvertible("something of classic PySpark, which knows no Connect") from error
    answer = {"error": error.getCondition() or ""}
    if not isinstance(error, SparkConnectException):
        answer["isClient"] = True
    return answer


def run(tree):
    scope = {**SCOPE, "spark": spark}
    requests.clear()
    asked.clear()
    answer = {}
    stdout = io.StringIO()
    try:
        with contextlib.redirect_stdout(stdout):
            # `printed(x)` sees what x printed, because arguments are evaluated first.
            scope["printed"] = lambda _: Value(stdout.getvalue())
            result = evaluate(tree, scope)
        answer["requests"] = list(requests)
        answer["asked"] = list(asked)
        if isinstance(result, Value):
            answer["value"] = plain(result.value)
            return answer
        if not isinstance(result, DataFrame):
            raise Unconvertible(f"the case gives {type(result).__name__}, not a DataFrame: wrap it in value(…)")
        answer["plan"] = plan_of(result)
        if not requests:
            again = evaluate(tree, scope)
            answer["planAgain"] = plan_of(again)
            requests.clear()
        query = result._plan.to_proto(spark.client)
        table, schema, _ = spark.client.to_table(query, {})
        answer["schema"] = (schema or result.schema).jsonValue()
        columns = [column(table.column(i)) for i in range(table.num_columns)]
        answer["rows"] = [list(values) for values in zip(*columns)] if columns else [[]] * table.num_rows
        if "planAgain" in answer and bare(answer["planAgain"]) != bare(answer["plan"]):
            table, _, _ = spark.client.to_table(again._plan.to_proto(spark.client), {})
            columns = [column(table.column(i)) for i in range(table.num_columns)]
            answer["rowsAgain"] = [list(values) for values in zip(*columns)]
            answer["isRandom"] = True
    except PySparkException as error:
        answer.setdefault("requests", list(requests))
        answer.update(failure(error))
    except (AssertionError, pa.ArrowException):
        answer.update({"requests": list(requests), "error": "refused", "isClient": True})
    return answer


SETTINGS = json.loads(os.environ["CASE_SETTINGS"])
# The port of the server may open before it can serve.
spark = SparkSession.builder.remote(os.environ["CASE_REMOTE"]).create()
for key, setting in SETTINGS.items():
    spark.conf.set(key, setting)
CONFIRM = sys.stdout

for line in sys.stdin:
    case = json.loads(line)
    try:
        outcome = run(case["tree"])
    except Exception as error:  # every failure of the converter is told, with its case
        outcome = {"unconvertible": f"{type(error).__name__}: {error}"}
    print(json.dumps(outcome), file=CONFIRM, flush=True)
# Not release_session on a stopped channel: the server drops the session when its client is gone.
spark.stop()
