# Prints, as JSON, every public function of the installed pyspark: its parameters, its group in pyspark's list, and
# the message that Spark Connect's version of it makes of arguments of each kind.
import inspect, io, json, os, re, sys, tokenize, warnings

warnings.simplefilter("ignore")
os.environ.setdefault("SPARK_HOME", os.devnull)  # pyspark-client looks for one, and needs none

import random

import pyspark.sql.functions as public
import pyspark.sql.functions.builtin as documented
import pyspark.sql.connect.functions.builtin as F
from google.protobuf.json_format import MessageToDict
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import ColumnReference

random.randint = lambda low, high: 1234567890123456789 % (high + 1)
SEED = "1234567890123456789"


def groups():
    """name -> the heading that it stands under in pyspark's __all__"""
    found, heading, inside = {}, "", False
    for token in tokenize.generate_tokens(io.StringIO(inspect.getsource(public)).readline):
        if token.type == tokenize.NAME and token.string == "__all__":
            inside = True
        elif inside and token.type == tokenize.COMMENT and not token.string.startswith('# "'):
            if "noqa" not in token.string:
                heading = token.string.lstrip("# ")
        elif inside and token.type == tokenize.STRING:
            found[token.string.strip('"')] = heading
    return found


def column(name):
    return Column(ColumnReference(name))


def shown(expression):
    """the message, in the few words the generator needs"""
    (kind, value), = [(k, v) for k, v in expression.items() if k != "common"]
    if kind == "unresolvedAttribute":
        return {"column": value["unparsedIdentifier"]}
    if kind == "literal":
        (of, literal), = value.items()
        if of == "null":
            return {"literal": None, "of": "null"}
        return {"seed": True} if literal == SEED else {"literal": literal, "of": of}
    if kind == "unresolvedFunction":
        return {
            "function": value["functionName"],
            "arguments": [shown(argument) for argument in value.get("arguments", [])],
            "distinct": value.get("isDistinct", False),
        }
    if kind == "lambdaFunction":
        return {"lambda": len(value["arguments"])}
    return {"other": kind}


def message(function, arguments, keywords={}):
    try:
        made = function(*arguments, **keywords)
        return shown(MessageToDict(made._expr.to_plan(None)))
    except Exception as refusal:
        return {"refused": type(refusal).__name__}


def annotation(parameter):
    if parameter.annotation is inspect.Parameter.empty:
        return ""
    text = parameter.annotation if isinstance(parameter.annotation, str) else inspect.formatannotation(parameter.annotation)
    return re.sub(r"ForwardRef\('(\w+)'\)|'(\w+)'", lambda m: m[1] or m[2], text).replace("pyspark.sql.column.", "").replace("pyspark.sql.types.", "").replace("typing.", "").replace("collections.abc.", "")


def default(parameter):
    if parameter.default is inspect.Parameter.empty:
        return {}
    value = parameter.default
    return {"default": value if isinstance(value, (bool, int, float, str, type(None))) else str(value)}


def probe(name, parameters, function):
    """what each call makes: all columns, then one parameter after another given in each other way"""
    fixed = [p for p in parameters if p["kind"] in ("POSITIONAL_OR_KEYWORD", "POSITIONAL_ONLY")]
    ways = ["Column", "str", "int", "float", "bool", "list"]

    def given(index, way):
        if way.startswith("lambda"):
            return [lambda x: column(f"c{index}"), lambda x, y: column(f"c{index}"), lambda x, y, z: column(f"c{index}")][int(way[6:]) - 1]
        if way == "map":
            return {f"k{index}": "v"}
        if way == "Column":
            return column(f"c{index}")
        if way == "str":
            return f"t{index}"
        return {"int": 7000 + index, "float": index + 0.5, "bool": True, "list": [index + 0.25, 0.75]}[way]

    def usual(index):
        text = fixed[index]["type"]
        if "Callable" in text:
            return f"lambda{re.search(r'Callable.([^]]*).', text)[1].count('Column')}"
        if "Mapping" in text:
            return "map"
        if "Column" in text or text in ("", "Any"):
            return "Column"
        for word, way in (("float", "float"), ("int", "int"), ("bool", "bool"), ("str", "str")):
            if re.search(rf"\b{word}\b", text):
                return way
        return "Column"

    rest = [p for p in parameters if p["kind"] == "VAR_POSITIONAL"]
    required = sum(1 for p in fixed if "default" not in p)
    more = [column("v0"), column("v1")] if rest and "str" != rest[0]["type"] else ["v0", "v1"] if rest else []
    calls = {}
    for count in range(required, len(fixed) + 1):
        arguments = [given(i, usual(i)) for i in range(count)]
        calls[f"{count}"] = message(function, arguments)
        if count == len(fixed) and rest:
            calls[f"{count}*"] = message(function, [*arguments, *more])
    one = {}
    for i in range(len(fixed)):
        one[fixed[i]["name"]] = {}
        for way in ways:
            arguments = [given(j, way if j == i else usual(j)) for j in range(max(required, i + 1))]
            one[fixed[i]["name"]][way] = message(function, arguments)
    skipped = {}
    for i in range(required + 1, len(fixed)):
        arguments = [given(j, usual(j)) for j in range(required)]
        skipped[fixed[i]["name"]] = message(function, arguments, {fixed[i]["name"]: given(i, usual(i))})
    return {"calls": calls, "one": one, "skipped": skipped}


of_group = groups()
functions = []
for name in sorted(dir(public)):
    thing = getattr(public, name)
    if name.startswith("_") or not (name in public.__all__ or (inspect.isfunction(thing) and thing.__module__ == documented.__name__)):
        continue
    entry = {"name": name, "group": of_group.get(name, ""), "isFunction": inspect.isfunction(thing)}
    if inspect.isfunction(thing):
        entry["parameters"] = [
            {"name": p.name, "kind": p.kind.name, "type": annotation(p), **default(p)}
            for p in inspect.signature(thing).parameters.values()
        ]
        lines = inspect.getdoc(thing) or ""
        entry["deprecated"] = ".. deprecated::" in lines
        since = re.search(r"versionadded:: ([\d.]+)", lines)
        entry["since"] = since[1] if since else ""
        if hasattr(F, name):
            entry["probe"] = probe(name, entry["parameters"], getattr(F, name))
    functions.append(entry)
json.dump(functions, sys.stdout)
