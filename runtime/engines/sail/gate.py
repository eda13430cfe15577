"""The gate before Sail: only connections that were announced here beforehand reach it.

Sail listens on loopback TCP and asks nobody who they are, so every account of the machine could run code as its owner.
The gate is a packet filter (classic BPF, SO_ATTACH_FILTER) on the listening socket, which needs no privilege and no
tool. In Linux the filter of a listening socket sees each SYN before anything is kept or answered. This one lets a SYN
through for a route that was announced on our private pipe: source address and port, and destination address, all
three random in 127.0.0.0/8. Everyone else's SYN is dropped without a word. Packets that aren't SYNs pass: they
belong to connections that were let in. Why this holds is in docs/explanation/engine-isolation.md.
"""

import ctypes
import os
import socket
import struct
import sys
import time

SO_BINDTODEVICE = 25
SO_ATTACH_FILTER = 26
EPOLL_CTL_ADD = 1

# Classic BPF: (code, jump if true, jump if false, k). The packet begins at its TCP header; the IP header is at NET.
LD_WORD, LD_HALF, LD_BYTE, JEQ, JSET, RET = 0x20, 0x28, 0x30, 0x15, 0x45, 0x06
NET = 0xFFF00000
PASS = (RET, 0, 0, 0xFFFFFFFF)
DROP = (RET, 0, 0, 0)

# An announced connection comes at once; one that doesn't is forgotten after this long.
LIFETIME_S = 10
ROUTES_AT_MOST = 32

# The address that Sail is told: one can listen there, and nobody can connect.
NOWHERE = "255.255.255.255"


class Unguarded(Exception):
    """The gate can't be had on this machine."""


class Intruder(Exception):
    """A connection that was let in isn't ours. This never happens while the argument holds."""


class Gate:
    """A listening socket that answers nobody until a route is opened."""

    def __init__(self):
        """Raises Unguarded where the system has no such filter."""
        self.routes = {}
        if sys.platform != "linux":
            raise Unguarded(f"{sys.platform} has no socket filters")
        try:
            self.listener = socket.socket()
            self._filter()
            self.listener.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, b"lo\0")
            # All of loopback, so that the destination can be a secret too; the line above keeps it at that.
            self.listener.bind(("0.0.0.0", 0))
            self.listener.listen(1024)
            self.port = self.listener.getsockname()[1]
            self.strangers = [knock(("127.0.0.1", self.port))]
            self._try()
        except OSError as error:
            raise Unguarded(f"its socket filter can't be set ({error.strerror or error})") from error

    def _try(self):
        """One connection by an open route must come in, one by another way must not."""
        route = (random_address(), 0, random_address())
        with socket.socket() as client:
            client.settimeout(1)
            client.bind(route[:2])
            route = (route[0], client.getsockname()[1], route[2])
            self.open(*route)
            self.strangers += [knock((route[2], self.port)), knock((route[2], self.port), route[0])]
            client.connect((route[2], self.port))
            self.listener.settimeout(1)
            accepted, peer = self.listener.accept()
            self.listener.setblocking(False)
            self.shut(*route)
            abort(accepted)
            if peer != route[:2]:
                raise Unguarded("its socket filter lets strangers in")

    def prove(self):
        """Call it a while after the start. Raises Unguarded when somebody who wasn't announced was answered."""
        for stranger in self.strangers:
            if not is_waiting(stranger):
                raise Unguarded("its socket filter doesn't filter")
            stranger.close()
        try:
            self.listener.accept()
        except BlockingIOError:
            return
        raise Unguarded("its socket filter lets strangers in")

    def take_place_of(self, address):
        """Puts the gate's socket where Sail, in this process, has the one that listens at this address."""
        listening = [fd for fd in open_files("socket:") if listening_address(fd) == address]
        polls = [(poll, *entry) for poll in open_files("anon_inode:[eventpoll]") for entry in watched(poll)]
        # The event loop's file is there twice, under two numbers.
        matches = {(fd, events, data): poll for poll, fd, events, data in polls if fd in listening}
        if len(matches) != 1:
            raise Unguarded(f"Sail's listening socket isn't where it was expected ({len(matches)} found)")
        [((fd, events, data), poll)] = matches.items()
        # Closes Sail's own socket, which also takes it out of the event loop; ours is put in with the same mark.
        os.dup2(self.listener.fileno(), fd, inheritable=False)
        packed = os.uname().machine == "x86_64"
        event = ctypes.create_string_buffer(struct.pack("=IQ" if packed else "@IQ", events, data))
        if ctypes.CDLL(None, use_errno=True).epoll_ctl(poll, EPOLL_CTL_ADD, fd, event) != 0:
            raise Unguarded(f"Sail's event loop refused the socket ({os.strerror(ctypes.get_errno())})")

    def open(self, source, source_port, destination):
        """Lets in one connection by this route."""
        self.routes[(source, source_port, destination)] = time.monotonic()
        while len(self.routes) > ROUTES_AT_MOST:
            del self.routes[next(iter(self.routes))]
        self._filter()

    def shut(self, source, source_port, destination):
        """Lets nobody in by this route any more; a connection that came by it goes on."""
        if self.routes.pop((source, source_port, destination), None) is not None:
            self._filter()

    def tend(self):
        """Shuts the routes by which somebody came. Returns the seconds until it wants to be called again, or None."""
        if not self.routes:
            return None
        now = time.monotonic()
        clients = self._clients()
        for route, opened in list(self.routes.items()):
            state, uid = clients.get(route, (None, None))
            if state in (ESTABLISHED, SYN_SENT) and uid != os.getuid():
                raise Intruder(f"{route[0]}:{route[1]} belongs to the account {uid}")
            if state not in (None, SYN_SENT) or now - opened > LIFETIME_S:
                self.shut(*route)
        newest = max(self.routes.values(), default=now)
        return None if not self.routes else 0.001 if now - newest < 0.1 else 0.02

    def _clients(self):
        """The sockets on the other side of ours: their state and owner, by route."""
        wanted = {(hex_address(s, port), hex_address(d, self.port)): (s, port, d) for s, port, d in self.routes}
        with open("/proc/net/tcp", encoding="ascii") as table:
            rows = [line.split() for line in table]
        return {wanted[key]: (row[3], int(row[7])) for row in rows if (key := (row[1], row[2])) in wanted}

    def _filter(self):
        program = [(LD_BYTE, 0, 0, 13), (JSET, 1, 0, 0x02), PASS]
        for source, source_port, destination in self.routes:
            program += [(LD_WORD, 0, 0, NET + 12), (JEQ, 0, 5, number(source))]
            program += [(LD_WORD, 0, 0, NET + 16), (JEQ, 0, 3, number(destination))]
            program += [(LD_HALF, 0, 0, 0), (JEQ, 0, 1, source_port), PASS]
        program.append(DROP)
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
        fprog = struct.pack("HL", len(program), ctypes.addressof(code))
        self.listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, fprog)


ESTABLISHED, SYN_SENT = "01", "02"


def random_address():
    return "127." + ".".join(str(1 + byte % 254) for byte in os.urandom(3))


def number(address):
    return int.from_bytes(socket.inet_aton(address), "big")


def hex_address(address, port):
    """As /proc/net/tcp writes it: the address in the machine's byte order."""
    return f"{struct.unpack('=I', socket.inet_aton(address))[0]:08X}:{port:04X}"


def knock(address, source=None):
    """A connection under way to a door that should stay shut."""
    stranger = socket.socket()
    stranger.setblocking(False)
    if source:
        stranger.bind((source, 0))
    stranger.connect_ex(address)
    return stranger


def is_waiting(stranger):
    return f"{stranger.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]:02X}" == SYN_SENT


def abort(connection):
    """Closes at once, without leaving anything of it in the system."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def open_files(kind):
    """The numbers of this process's open files of a kind, as their links name it."""
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith(kind):
                yield int(name)
        except FileNotFoundError:
            pass  # the one that the listing itself was read by


def listening_address(fd):
    with socket.socket(fileno=os.dup(fd)) as copy:
        is_listening = copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        return copy.getsockname() if is_listening else None


def watched(poll):
    """What an epoll file watches: number, events, mark."""
    with open(f"/proc/self/fdinfo/{poll}", encoding="ascii") as info:
        # tfd: 15 events: 8000201d data: 596400c0180 pos:0 …
        rows = [line.split() for line in info if line.startswith("tfd:")]
    return [(int(row[1]), int(row[3], 16), int(row[5], 16)) for row in rows]
