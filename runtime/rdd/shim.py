"""Runs one stage of TypeScript functions on an executor, in a Node process beside it.

The client sends this text inside every plan (see runtime/plan/map-partitions.ts), so it needs nothing installed but
what every PySpark executor has: Python 3.11 or later, pyarrow and pyspark. It moves bytes and decides nothing: the
engine's batches go to the worker as an Arrow stream, and the worker's buffers come back as Arrow batches. The
messages are described in runtime/rdd/worker/batch-output.ts and main.ts.
"""

import base64
import contextlib
import fcntl
import glob
import hashlib
import json
import os
import re
import select
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import types
import zlib

import pyarrow as pa

READY, BATCH, COMPLETE, FAILURE = 1, 2, 3, 4
IDLE_SECONDS = 20
# How long a job waits for a place among the workers of others before it goes on: they may wait for each other.
PLACE_SECONDS = 10
BEAT_SECONDS = 0.2
OLDEST_NODE = 22
PIPE_BYTES = 1 << 20
INPUTS = {
    "range": pa.schema([("id", pa.int64())]),
    "blocks": pa.schema(
        [("pid", pa.int32()), ("source", pa.int32()), ("seq", pa.int32()), ("kind", pa.int32()), ("blob", pa.binary())]
    ),
}


def shared_state():
    """What every stage in this process shares; the shim itself is loaded anew for each."""
    # The number rises when its fields change: clients of two versions may use one server.
    state = sys.modules.get("_sightline_workers_1")
    if state is None:
        state = types.ModuleType("_sightline_workers_1")
        state.lock = threading.Lock()
        state.idle = []  # (key, worker, since)
        state.evictor = None  # the thread that ends those that waited long, while there are any
        state.slots = {}  # stage -> [semaphore, users]
        state.places = threading.Condition()
        state.busy = {}  # job -> workers
        state.running = set()  # the workers that compute
        state.is_watched = False
        state.nodes = {}  # path, size, time -> what is wrong with it, or None
        state.folder = None
        state = sys.modules.setdefault("_sightline_workers_1", state)
    return state


STATE = shared_state()
CORES = max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2)


def failure(kind, message):
    """An error that the client understands, see failure-text.ts."""
    text = json.dumps({"kind": kind, "message": message}).encode()
    packer = zlib.compressobj(wbits=-15)
    packed = base64.b64encode(packer.compress(text) + packer.flush()).decode()
    return RuntimeError(f"{message}\n<sightline:{packed}>")


ATOMIC = {
    "string": pa.string(),
    "binary": pa.binary(),
    "boolean": pa.bool_(),
    "byte": pa.int8(),
    "short": pa.int16(),
    "integer": pa.int32(),
    "long": pa.int64(),
    "float": pa.float32(),
    "double": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "timestamp_ntz": pa.timestamp("us"),
}


def arrow_type(spark):
    """The Arrow type of a type in Spark's JSON."""
    if isinstance(spark, str):
        if spark.startswith("decimal("):
            precision, scale = spark[len("decimal(") : -1].split(",")
            return pa.decimal128(int(precision), int(scale))
        if re.match("interval (day|hour|minute|second)", spark):
            return pa.duration("us")
        return ATOMIC[spark]
    if spark["type"] == "array":
        return pa.list_(pa.field("element", arrow_type(spark["elementType"]), spark["containsNull"]))
    if spark["type"] == "map":
        value = pa.field("value", arrow_type(spark["valueType"]), spark["valueContainsNull"])
        return pa.map_(arrow_type(spark["keyType"]), value)
    return pa.struct(arrow_fields(spark))


def arrow_fields(struct_type):
    return [pa.field(f["name"], arrow_type(f["type"]), f["nullable"]) for f in struct_type["fields"]]


def private_folder():
    """A folder that no other account can write to: what lies in it is run."""
    if STATE.folder is None:
        path = os.path.join(tempfile.gettempdir(), f"sightline-{os.getuid()}")
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)
        found = os.lstat(path)
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
        STATE.folder = path if is_ours else tempfile.mkdtemp(prefix="sightline-")
    return STATE.folder


def worker_program(config, source):
    """The worker's file: the client's own where it lies on this machine, else kept here under its hash."""
    digest = config["workerHash"]
    path = config["workerPath"] or os.path.join(private_folder(), digest + ".cjs")
    if file_hash(path) == digest:
        return path
    if config["workerPath"]:
        raise failure("crash", f"The worker at {path} was changed since the session began.")
    if source is None:
        raise failure("worker-missing", f"The worker {digest} isn't on this executor.")
    handle, temporary = tempfile.mkstemp(dir=private_folder())
    with os.fdopen(handle, "wb") as file:
        file.write(source)
    os.replace(temporary, path)
    return path


def file_hash(path):
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return None


def find_node(config):
    """The Node that runs functions here: the one that was named, or that was sent, or that is on the PATH."""
    node = config["node"]
    if "/" in node:
        if config["workerPath"]:
            return node
        if not os.access(node, os.X_OK):
            raise failure("node", f"There is no Node at {node} on the executor {socket.gethostname()}.")
    else:
        sent = sent_node(config.get("nodeHash", ""))
        node = sent or shutil.which(node)
        if node is None:
            raise failure("node", f"There is no `node` on the PATH of the executor {socket.gethostname()}.")
    wrong = node_problem(node)
    if wrong:
        raise failure("node", wrong)
    return node


def sent_node(digest):
    """The Node of an archive that was given to the session; the client's own is known by its hash."""
    roots = [path for path in sys.path if "spark" in path and os.path.isdir(path)]
    with contextlib.suppress(Exception):
        from pyspark.core.files import SparkFiles

        roots.insert(0, SparkFiles.getRootDirectory())
    for root in roots:
        for name in ("sightline-node", "node"):
            for path in ("bin/node", "node", "*/bin/node"):
                for found in glob.glob(os.path.join(glob.escape(os.path.join(root, name)), path)):
                    if not os.path.isfile(found):
                        continue
                    if digest not in ("", "any") and name == "sightline-node" and once(found, file_hash) != digest:
                        raise failure("node", f"The Node that was sent to {socket.gethostname()} arrived damaged.")
                    return found
    if digest:
        raise failure("node", f"The Node that was sent didn't reach the executor {socket.gethostname()}.")
    return None


def once(path, ask):
    """An answer about a file, asked once while it stays as it is."""
    found = os.stat(path)
    key = (ask.__name__, path, found.st_size, found.st_mtime_ns)
    if key not in STATE.nodes:
        STATE.nodes[key] = ask(path)
    return STATE.nodes[key]


def node_problem(node):
    return once(node, ask_version)


def ask_version(node):
    where = f"{node} on the executor {socket.gethostname()}"
    try:
        said = subprocess.run([node, "--version"], capture_output=True, timeout=30, env=node_environment())
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{where} can't be run: {getattr(error, 'strerror', None) or error}."
    version = re.match(r"v(\d+)\.", said.stdout.decode(errors="replace"))
    if not version:
        text = (said.stderr or said.stdout).decode(errors="replace").strip()[:300]
        return f"{where} can't be run: {text or f'it ended with exit code {said.returncode}'}."
    if int(version[1]) < OLDEST_NODE:
        return f"{where} is Node {said.stdout.decode().strip()[1:]}, which is too old."
    return None


def node_environment():
    return {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}


class Worker:
    """A Node process and the two pipes to it."""

    def __init__(self, node, program, memory, files):
        self.memory = memory
        self.is_limited = False
        read_fd, write_fd = os.pipe()
        # Its standard output and error hold what native code prints, for the message if it dies.
        self.log = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                [
                    node,
                    f"--max-semi-space-size={32 if memory >= 512 else 16}",
                    # The rest is for what lies outside of the heap.
                    f"--max-old-space-size={memory * 3 // 4}",
                    program,
                    str(write_fd),
                    str(os.getpid()),
                    str(memory),
                ],
                stdin=subprocess.PIPE,
                stdout=self.log,
                stderr=self.log,
                pass_fds=(write_fd,),
                bufsize=0,
                env={**node_environment(), "SIGHTLINE_FILES": files},
                # With what functions start, it is ended as a whole.
                process_group=0,
            )
        except OSError as error:
            os.close(read_fd)
            where = f"{node} on the executor {socket.gethostname()}"
            raise failure("node", f"{where} can't be run: {error.strerror}.") from None
        finally:
            os.close(write_fd)
        self.output = os.fdopen(read_fd, "rb", buffering=0)
        for pipe in (self.process.stdin, self.output):
            with contextlib.suppress(OSError):  # above the account's limit: smaller pipes work too
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def limit(self):
        """The kernel's own limit, for one allocation that is too large: the worker looks a few times a second only."""
        if self.is_limited:
            return
        self.is_limited = True
        with contextlib.suppress(ImportError, OSError, ValueError, TypeError, AttributeError):
            import resource

            resource.prlimit(self.process.pid, resource.RLIMIT_CORE, (0, 0))
            with open(f"/proc/{self.process.pid}/status") as status:
                # Node reserves a gigabyte of addresses, which counts, and uses little of it.
                reserved = int(re.search(r"VmData:\s+(\d+)", status.read())[1]) << 10
            bytes_allowed = reserved + (self.memory << 20)
            resource.prlimit(self.process.pid, resource.RLIMIT_DATA, (bytes_allowed, bytes_allowed))

    def start(self, cancel_file, payload):
        """Hands it a stage; False if it is dead, as one that waited idle may be."""
        try:
            for part in (cancel_file.encode(), payload):
                write_all(self.process.stdin, struct.pack("<I", len(part)))
                write_all(self.process.stdin, part)
            return self.is_ready()
        except (BrokenPipeError, EOFError):
            return False

    def has_answer(self, seconds):
        return bool(select.select([self.output], [], [], seconds)[0])

    def is_ready(self):
        if self.header() != (READY, 0, 0):
            return False
        self.limit()
        return True

    def header(self):
        return struct.unpack("<III", self.read(12))

    def read(self, size):
        buffer = pa.allocate_buffer(size)
        view = memoryview(buffer)
        done = 0
        while done < size:
            count = self.output.readinto(view[done:])
            if not count:
                raise EOFError
            done += count
        return buffer

    def kill(self):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def end(self):
        self.kill()
        self.process.wait()
        self.process.stdin.close()
        self.output.close()
        self.log.close()

    def death(self):
        """How it died, as an error for the client."""
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = None
        text = self.said()
        if "out of memory" in text or "FatalOOM" in text or "memory limit reached" in text:
            where = f"on the executor {socket.gethostname()}"
            return failure("memory", f"A Node process {where} used more than {self.memory} MB of memory.")
        words = text[-600:].strip()
        how = "closed its output" if code is None else f"exited with code {code}"
        if code is not None and code < 0:
            how = f"was ended by {signal_name(-code)}"
        said = f" It said: {words}" if words else ""
        return failure("crash", f"The Node process {how} in the middle of the stage.{said}")

    def said(self):
        self.log.seek(0, os.SEEK_END)
        self.log.seek(max(0, self.log.tell() - 20_000))
        return self.log.read().decode(errors="replace")


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def write_all(pipe, data):
    view = memoryview(data)
    while len(view):
        view = view[pipe.write(view) :]


def take_worker(config, program, payload):
    """An idle worker, or a new one, that has begun the stage."""
    options = (find_node(config), program, memory_of(config), session_files(config))
    key = (*options, os.getpid())
    while True:
        with STATE.lock:
            found = next((entry for entry in STATE.idle if entry[0] == key), None)
            if found:
                STATE.idle.remove(found)
        worker = found[1] if found else Worker(*options)
        if worker.start(config["cancelFile"], payload):
            return key, worker
        death = worker.death()
        worker.end()
        if not found:
            raise death


def session_files(config):
    """Where the engine has put the files of the session, such as broadcast values; "" where workers see the client's."""
    if config["workerPath"]:
        return ""
    with contextlib.suppress(Exception):  # an engine without files of sessions
        from pyspark.core.files import SparkFiles

        return SparkFiles.getRootDirectory()
    return ""


def memory_of(config):
    """How many megabytes a worker may use."""
    return config.get("memory") or 2048


def give_back(key, worker):
    """Keeps a worker for the next stage, whichever job it is of."""
    with STATE.lock:
        STATE.idle.append((key, worker, time.monotonic()))
        ended = STATE.idle[:-CORES]
        STATE.idle = STATE.idle[-CORES:]
        if STATE.evictor is None:
            STATE.evictor = threading.Thread(target=evict, daemon=True)
            STATE.evictor.start()
    for entry in ended:
        entry[1].end()


def evict():
    """Ends workers that waited long, until none waits."""
    while True:
        time.sleep(IDLE_SECONDS / 10)
        now = time.monotonic()
        with STATE.lock:
            ended = [entry for entry in STATE.idle if now - entry[2] >= IDLE_SECONDS]
            STATE.idle = [entry for entry in STATE.idle if entry not in ended]
            is_done = not STATE.idle
            if is_done:
                STATE.evictor = None
        for entry in ended:
            entry[1].end()
        if is_done:
            return


@contextlib.contextmanager
def running(worker):
    """While it computes, it ends when the engine hangs up."""
    with STATE.lock:
        STATE.running.add(worker)
        if not STATE.is_watched:
            STATE.is_watched = True
            threading.Thread(target=watch_engine, daemon=True).start()
    try:
        yield
    finally:
        with STATE.lock:
            STATE.running.discard(worker)


def is_sparks_process():
    """Whether this is a Python process that Spark has for one task at a time, and not the engine itself."""
    main = getattr(sys.modules.get("__main__"), "__spec__", None)
    return main is not None and main.name in ("pyspark.daemon", "pyspark.worker")


def watch_engine():
    """Spark closes its connection to a process whose task it cancels at once, and kills the process seconds later."""
    if not is_sparks_process():
        return
    poll = select.poll()
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            connection = socket.socket(fileno=os.dup(int(name)))
            connection.getpeername()
            poll.register(connection.detach(), select.POLLRDHUP)
    while not poll.poll():
        pass
    with STATE.lock:
        for worker in STATE.running:
            worker.kill()


@contextlib.contextmanager
def place(job):
    """Bounds the workers of all jobs together: a job waits while others have many, but not for ever."""
    with STATE.places:
        STATE.places.wait_for(
            lambda: sum(count for other, count in STATE.busy.items() if other != job) < 4 * CORES,
            timeout=PLACE_SECONDS,
        )
        STATE.busy[job] = STATE.busy.get(job, 0) + 1
    try:
        yield
    finally:
        with STATE.places:
            STATE.busy[job] -= 1
            if STATE.busy[job] == 0:
                del STATE.busy[job]
            STATE.places.notify_all()


@contextlib.contextmanager
def slot(stage):
    """At most as many workers of a stage at a time as there are processors.

    Counted for each stage by itself: a stage that waits for the one before it must not hold its places.
    """
    with STATE.lock:
        entry = STATE.slots.setdefault(stage, [threading.BoundedSemaphore(CORES), 0])
        entry[1] += 1
    try:
        with entry[0]:
            yield
    finally:
        with STATE.lock:
            entry[1] -= 1
            if entry[1] == 0:
                STATE.slots.pop(stage, None)


def feed(worker, schema, first, rest, errors):
    """Writes the engine's batches to the worker, in a thread of its own: the worker may answer before it has all."""
    try:
        with pa.ipc.new_stream(worker.process.stdin, schema) as writer:
            for batch in chain(first, rest):
                columns = [column.cast(field.type) for column, field in zip(batch.columns, schema)]
                writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    except BrokenPipeError:
        pass  # the reader sees that the worker is gone, and why
    except BaseException as error:
        errors.append(error)
        worker.kill()


def chain(first, rest):
    yield first
    yield from rest


def batches_of(worker, schema):
    """The worker's answers until it says that the stage is complete, and nothing now and then: see `beat_of`."""
    flush = beat_of()
    while True:
        while flush and not worker.has_answer(BEAT_SECONDS):
            yield record_batch_of_none(schema)
            flush()
        kind, first_size, second_size = worker.header()
        first = worker.read(first_size)
        if kind == COMPLETE:
            return
        if kind == FAILURE:
            raise RuntimeError(first.to_pybytes().decode())
        yield record_batch(schema, struct.unpack(f"<{first_size // 4}I", first), worker.read(second_size))


def beat_of():
    """What sends on what was yielded, in Spark's process; None elsewhere.

    A task of Spark that is cancelled waits until it has something to read. It then ends and hangs up, which
    `watch_engine` sees; without that, a function that loops for ever is ended up to four seconds later.
    """
    if not is_sparks_process():
        return None
    frame = sys._getframe()
    while frame:
        stream = frame.f_locals.get("outfile") if frame.f_code.co_name == "main" else None
        if hasattr(stream, "flush"):
            return stream.flush
        frame = frame.f_back
    return None


def record_batch_of_none(schema):
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def record_batch(schema, meta, body):
    _, nodes, buffers = meta[:3]
    numbers = iter(meta[3:])
    lengths = iter([(next(numbers), next(numbers)) for _ in range(nodes)])
    slices = iter([body.slice(next(numbers), next(numbers)) for _ in range(buffers)])
    arrays = [array_of(field.type, lengths, slices) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def array_of(kind, lengths, slices):
    """The next column of the message, with its children: Arrow's buffers as they lie, nothing parsed."""
    length, nulls = next(lengths)
    validity = next(slices)
    own = [validity if validity.size else None]
    children = None
    if pa.types.is_struct(kind):
        children = [kind.field(i).type for i in range(kind.num_fields)]
    elif pa.types.is_map(kind):
        own.append(next(slices))
        children = [pa.struct([kind.key_field, kind.item_field])]
    elif pa.types.is_list(kind):
        own.append(next(slices))
        children = [kind.value_type]
    else:
        variable = pa.types.is_string(kind) or pa.types.is_binary(kind)
        own.extend(next(slices) for _ in range(2 if variable else 1))
    arrays = None if children is None else [array_of(child, lengths, slices) for child in children]
    return pa.Array.from_buffers(kind, length, own, nulls, children=arrays)


def make(config_json, payload, worker_source):
    """The function for the engine's mapInArrow, and the schema of what it yields."""
    from pyspark.sql.types import StructType

    config = json.loads(config_json)
    schema = pa.schema(arrow_fields(config["schema"]))

    def run(batches):
        batches = iter(batches)
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is None:
            return  # the engine has more tasks than we have partitions
        with slot(config["stage"]), place(config["stage"].rpartition("/")[0]):
            key, worker = take_worker(config, worker_program(config, worker_source), payload)
            errors = []
            is_done = False
            arguments = (worker, INPUTS[config["input"]], first, batches, errors)
            feeder = threading.Thread(target=feed, args=arguments, daemon=True)
            try:
                with running(worker):
                    feeder.start()
                    yield from batches_of(worker, schema)
                    feeder.join()
                if errors:  # closing the stream has told the worker that it was all
                    raise errors[0]
                is_done = True
            except EOFError:
                if errors:
                    raise errors[0] from None
                raise worker.death() from None
            finally:
                if is_done:
                    give_back(key, worker)
                else:
                    worker.end()

    return run, StructType.fromJson(config["schema"])
