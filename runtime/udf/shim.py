# The second half of the shim, for functions over columns: runtime/rdd/shim.py stands before it in the text that is sent.
# A call is: uint32 bytes of a JSON object, the object, uint32 bytes of the function (0 if the worker has it), the
# function, then Arrow streams, each after its size in bytes; a size of 0 is the end. See runtime/udf/worker/main.ts.

import datetime  # noqa: E402

CONSOLE = 5
MAX_KNOWN = 200


class Calls:
    """A function of the user's, and the workers that have it."""

    def __init__(self, config, payload, source):
        self.config = config
        self.payload = payload
        self.source = source
        self.program = None
        self.schema = pa.schema(arrow_fields(config["schema"]))

    @contextlib.contextmanager
    def worker(self):
        """A worker that has begun a call. It is ended if the call isn't: what is left in its pipes is of no use."""
        with place(self.config["key"]):
            key, worker = self.take()
            is_done = False
            try:
                with running(worker):
                    yield worker
                is_done = len(worker.known) < MAX_KNOWN
            except (EOFError, BrokenPipeError):
                raise worker.death() from None
            finally:
                if is_done:
                    give_back(key, worker)
                else:
                    worker.end()

    def take(self):
        if self.program is None:
            self.program = worker_program(self.config, self.source and zlib.decompress(self.source))
        options = (find_node(self.config), self.program, memory_of(self.config), session_files(self.config))
        key = (*options, os.getpid())
        name = self.config["key"]
        if self.config["cancelFile"] and os.path.exists(self.config["cancelFile"]):
            raise failure("crash", "The job was cancelled.")
        while True:
            with STATE.lock:
                ours = [entry for entry in STATE.idle if entry[0] == key]
                found = next((entry for entry in ours if name in entry[1].known), ours[-1] if ours else None)
                if found:
                    STATE.idle.remove(found)
            worker = found[1] if found else Worker(*options)
            if not found:
                worker.known = set()
            if self.begin(worker, name):
                return key, worker
            death = worker.death()
            worker.end()
            if not found:
                raise death

    def begin(self, worker, name):
        head = json.dumps({"cancelFile": self.config["cancelFile"], "key": name}).encode()
        body = b"" if name in worker.known else self.payload
        try:
            write_all(worker.process.stdin, struct.pack("<I", len(head)) + head + struct.pack("<I", len(body)))
            write_all(worker.process.stdin, body)
            worker.known.add(name)
            return worker.is_ready()
        except (BrokenPipeError, EOFError):
            return False

    def results(self, worker, flush=None):
        """The worker's batches until it says that the call is complete; with `flush`, beats between them."""
        while True:
            while flush and not worker.has_answer(BEAT_SECONDS):
                yield record_batch_of_none(self.schema)
                flush()
            kind, first_size, second_size = worker.header()
            first = worker.read(first_size)
            if kind == COMPLETE:
                return
            if kind == FAILURE:
                raise RuntimeError(first.to_pybytes().decode())
            if kind == CONSOLE:
                self.say(first.to_pybytes())
                continue
            yield record_batch(self.schema, struct.unpack(f"<{first_size // 4}I", first), worker.read(second_size))

    def say(self, lines):
        """What functions print: to the client where it sees this machine's files, else into the executor's own log."""
        path = self.config["consoleFile"]
        if not path:
            sys.stderr.write(lines.decode())
            return
        with contextlib.suppress(OSError):
            with open(path, "ab", buffering=0) as file:
                file.write(lines)

    def ask(self, *streams):
        """One call of a few streams, answered after the last was read."""
        with self.worker() as worker:
            for stream in streams:
                send(worker, stream)
            write_all(worker.process.stdin, struct.pack("<I", 0))
            return list(self.results(worker))

    def table(self, batches):
        return pa.Table.from_batches(batches, schema=self.schema)


def send(worker, stream):
    write_all(worker.process.stdin, struct.pack("<I", len(stream)))
    write_all(worker.process.stdin, stream)


def plain_type(kind):
    """The type that the worker reads in its place: without views, dictionaries and 64-bit offsets."""
    name = str(kind)
    if name in ("string_view", "large_string"):
        return pa.string()
    if name in ("binary_view", "large_binary"):
        return pa.binary()
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_struct(kind):
        return pa.struct([plain_field(kind.field(i)) for i in range(kind.num_fields)])
    if pa.types.is_map(kind):
        return pa.map_(plain_type(kind.key_type), plain_field(kind.item_field))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or "list_view" in name:
        return pa.list_(plain_field(kind.value_field))
    return kind


def plain_field(field):
    return pa.field(field.name, plain_type(field.type), field.nullable, field.metadata)


def plain_batch(columns, names):
    arrays = []
    for column in columns:
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        kind = plain_type(column.type)
        arrays.append(column if column.type == kind else column.cast(kind))
    fields = [pa.field(name, array.type) for name, array in zip(names, arrays)]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def stream_of(batches):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue()


def stream_of_table(table):
    empty = [[] if not table.num_columns else [pa.array([], field.type) for field in table.schema]]
    parts = table.to_batches() or [pa.RecordBatch.from_arrays(empty[0], names=table.schema.names)]
    return stream_of([plain_batch(part.columns, part.schema.names) for part in parts])


def whole(batches, kind):
    arrays = [batch.column(0) for batch in batches]
    if not arrays:
        return pa.array([], kind)
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays)


def scalar(calls):
    kind = calls.schema.field(0).type

    def run(*columns):
        if not len(columns[0]):
            return pa.array([], kind)
        names = [str(i) for i in range(len(columns))]
        return whole(calls.ask(stream_of([plain_batch(columns, names)])), kind)

    return run


def constant(calls):
    """A function without arguments, for eval type 101: the engine asks for one row's value after the other."""
    ready = []

    def run():
        if not ready:
            rows = pa.RecordBatch.from_arrays([pa.nulls(256, pa.int8())], ["0"])
            ready.extend(whole(calls.ask(stream_of([rows])), calls.schema.field(0).type).to_pylist())
        return ready.pop(0)

    return run


def aggregate(calls):
    def run(*columns):
        names = [str(i) for i in range(len(columns))]
        return whole(calls.ask(stream_of([plain_batch(columns, names)])), calls.schema.field(0).type)[0]

    return run


def batches(calls):
    def feed_streams(worker, source, errors):
        try:
            for batch in source:
                if batch.num_rows:
                    send(worker, stream_of([plain_batch(batch.columns, batch.schema.names)]))
            write_all(worker.process.stdin, struct.pack("<I", 0))
        except BrokenPipeError:
            pass  # the reader sees that the worker is gone, and why
        except BaseException as error:
            errors.append(error)
            worker.kill()

    def run(source):
        source = iter(source)
        first = next((batch for batch in source if batch.num_rows), None)
        if first is None:
            return  # the engine has more tasks than there are rows
        with slot(calls.config["key"]), calls.worker() as worker:
            errors = []
            feeder = threading.Thread(target=feed_streams, args=(worker, chain([first], source), errors), daemon=True)
            feeder.start()
            try:
                yield from calls.results(worker, beat_of())
            except EOFError:
                if errors:
                    raise errors[0] from None
                raise
            feeder.join()

    return run


def chain(*parts):
    for part in parts:
        yield from part


def key_stream(key):
    columns = [pa.array([None], part.type) if not part.is_valid else pa.repeat(part, 1) for part in key]
    return stream_of([plain_batch(columns, [str(i) for i in range(len(columns))])])


def group(calls):
    if not calls.config["takesKey"]:
        return lambda table: calls.table(calls.ask(stream_of_table(table)))
    return lambda key, table: calls.table(calls.ask(key_stream(key), stream_of_table(table)))


def cogroup(calls):
    def without_key(left, right):
        return calls.table(calls.ask(stream_of_table(left), stream_of_table(right)))

    def with_key(key, left, right):
        return calls.table(calls.ask(key_stream(key), stream_of_table(left), stream_of_table(right)))

    return with_key if calls.config["takesKey"] else without_key


def cogroup_of_union(calls):
    """The same for an engine whose own cogroups lose nulls: both sides in one table, told apart by a column."""
    import pyarrow.compute as pc

    def side(table, number, name):
        rows = table.filter(pc.equal(table["side"], number))[name].combine_chunks()
        if isinstance(rows, pa.ChunkedArray):
            rows = pa.concat_arrays(rows.chunks) if rows.num_chunks else pa.array([], rows.type)
        return pa.Table.from_arrays(rows.flatten(), names=[rows.type.field(i).name for i in range(rows.type.num_fields)])

    def run(key, table):
        tables = [stream_of_table(side(table, 0, "left")), stream_of_table(side(table, 1, "right"))]
        return calls.table(calls.ask(*([key_stream(key)] if calls.config["takesKey"] else []), *tables))

    return run


def one_value(value):
    """A Python value of a row as an Arrow array of one."""
    if isinstance(value, tuple) and hasattr(value, "__fields__"):
        names = list(value.__fields__)
        return pa.StructArray.from_arrays([one_value(part) for part in value], names)
    if isinstance(value, dict):
        keys, values = pa.array(list(value.keys())), joined(value.values())
        return pa.MapArray.from_arrays(pa.array([0, len(keys)], pa.int32()), keys, values)
    if isinstance(value, list) and any(isinstance(part, (tuple, dict, list)) for part in value):
        items = joined(value)
        return pa.ListArray.from_arrays(pa.array([0, len(items)], pa.int32()), items)
    if isinstance(value, datetime.datetime):
        return pa.array([value.astimezone(datetime.timezone.utc)], pa.timestamp("us", tz="UTC"))
    return pa.array([bytes(value) if isinstance(value, bytearray) else value])


def vector_of(value):
    """A column of arguments, or the rows of a table as one column of structs."""
    if isinstance(value, pa.RecordBatch):
        return pa.StructArray.from_arrays(value.columns, value.schema.names)
    return value.combine_chunks() if isinstance(value, pa.ChunkedArray) else value


def joined(values):
    parts = [one_value(value) for value in values]
    known = [part.type for part in parts if not pa.types.is_null(part.type)]
    kind = known[0] if known else pa.null()
    return pa.concat_arrays([part.cast(kind) for part in parts]) if parts else pa.array([], pa.string())


def python_values(array):
    """The values of a column as pyspark takes them of a row: maps as dictionaries."""
    kind = array.type
    if pa.types.is_map(kind):
        keys, items = python_values(array.keys), python_values(array.items)
        starts = array.offsets.to_pylist()
        pairs = [dict(zip(keys[a:b], items[a:b])) for a, b in zip(starts, starts[1:])]
        return [pair if ok else None for pair, ok in zip(pairs, array.is_valid().to_pylist())]
    if pa.types.is_list(kind):
        items, starts = python_values(array.values), array.offsets.to_pylist()
        lists = [items[a:b] for a, b in zip(starts, starts[1:])]
        return [part if ok else None for part, ok in zip(lists, array.is_valid().to_pylist())]
    if pa.types.is_struct(kind):
        columns = [python_values(array.field(i)) for i in range(kind.num_fields)]
        rows = list(zip(*columns)) if columns else [()] * len(array)
        return [row if ok else None for row, ok in zip(rows, array.is_valid().to_pylist())]
    return array.to_pylist()


def table(calls):
    """A class for the engine: one object of it has one worker, which has one object of the user's class."""

    is_arrow = calls.config["isArrow"]

    class Handler:
        def __init__(self):
            self.context = None
            self.worker = None

        def ask(self, call, values):
            if self.worker is None:
                self.context = calls.worker()
                self.worker = self.context.__enter__()
            arrays = [vector_of(value) if is_arrow else one_value(value) for value in values]
            rows = len(arrays[0]) if arrays else 1
            columns = [pa.array([call] * rows, pa.int8())] + arrays
            try:
                names = ["call"] + [str(i) for i in range(len(values))]
                send(self.worker, stream_of([plain_batch(columns, names)]))
                answers = list(calls.results(self.worker))
            except BaseException as error:
                self.leave(error)
                raise
            if is_arrow:
                return [calls.table(answers).combine_chunks()]
            rows = []
            for batch in answers:
                rows.extend(zip(*[python_values(column) for column in batch.columns]))
            return rows

        def leave(self, error):
            context, self.context, self.worker = self.context, None, None
            if context is not None:
                context.__exit__(type(error), error, error.__traceback__)

        def eval(self, *values):
            return self.ask(0, values)

        def cleanup(self):
            """Called after the last row, also when the query has failed or wants no more."""
            if self.worker is None:
                return
            try:
                write_all(self.worker.process.stdin, struct.pack("<I", 0))
                list(calls.results(self.worker))
            except BaseException as error:
                self.leave(error)
                raise
            context, self.context, self.worker = self.context, None, None
            context.__exit__(None, None, None)

    if calls.config["terminates"]:
        Handler.terminate = lambda self: self.ask(1, [])
    return Handler


SHAPES = {
    "scalar": scalar,
    "constant": constant,
    "vectors": scalar,
    "aggregate": aggregate,
    "batches": batches,
    "group": group,
    "cogroup": cogroup,
    "cogroupOfUnion": cogroup_of_union,
    "table": table,
}


def make(config_json, payload, worker_source):  # noqa: F811
    """The function for the engine, and the type of what it gives."""
    from pyspark.sql.types import _parse_datatype_json_string

    config = json.loads(config_json)
    calls = Calls(config, payload, worker_source)
    made = SHAPES[config["shape"]](calls)
    if config["shape"] == "table":
        return made
    return made, _parse_datatype_json_string(json.dumps(config["returns"]))
