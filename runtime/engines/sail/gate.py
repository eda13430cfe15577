"""The gate before Sail: only connections that were announced here beforehand reach it.

Sail listens on loopback TCP and asks nobody who they are, so every account of the machine could run code as its owner.
The gate is a pair of listening sockets on one port (SO_REUSEPORT) and a small program that the kernel asks which of the
two gets a new connection (classic BPF, SO_ATTACH_REUSEPORT_CBPF); that needs no privilege and no tool. The first is a
blind wall: its queue is full, so Linux drops what comes to it unanswered. The second is Sail's. The program names it
for a route that was announced on our private pipe, source address and port and destination address, random ones of
127.0.0.0/8, and the wall for everybody else. Why that holds is in docs/explanation/engine-isolation.md.
"""

import ctypes
import os
import socket
import struct
import sys
import time

SO_BINDTODEVICE = 25
SO_ATTACH_REUSEPORT_CBPF = 51
EPOLL_CTL_ADD = 1

# Classic BPF: (code, jump if true, jump if false, k). The IP header begins at NET.
LD_WORD, LD_HALF, LD_BYTE, JEQ, RET = 0x20, 0x28, 0x30, 0x15, 0x06
NET = 0xFFF00000
# The sockets of the port, by the order in which they began to listen. A program that fails answers 0 too.
WALL = (RET, 0, 0, 0)
SAIL = (RET, 0, 0, 1)

# Who announced a connection says when the route can be shut; when nothing is said, it is after this long.
LIFETIME_S = 10
ROUTES_AT_MOST = 32

# The address that Sail is told: one can listen there, and nobody can connect.
NOWHERE = "255.255.255.255"


class Unguarded(Exception):
    """The gate can't be had on this machine."""


class Gate:
    """A listening socket that answers nobody until a route is opened."""

    def __init__(self):
        """Raises Unguarded where the system can't do it."""
        self.routes = {}
        if sys.platform != "linux":
            raise Unguarded(f"{sys.platform} has no filter for listening sockets")
        try:
            self.wall = self._socket()
            self.wall.bind(("0.0.0.0", 0))
            self.port = self.wall.getsockname()[1]
            self._filter()
            self.plug = socket.socket()
            self.plug.setblocking(False)
            self.wall.listen(0)
            # Nobody ever takes this one from the wall's queue, which has room for no second.
            self.plug.connect_ex(("127.0.0.1", self.port))
            self.listener = self._socket()
            self.listener.bind(("0.0.0.0", self.port))
            self.listener.listen(1024)
            # Many: a system that shares the port out by chance must not pass for one that has a gate.
            self.strangers = [knock(("127.0.0.1", self.port)) for _ in range(20)]
            self._try()
        except OSError as error:
            reason = error.strerror or error
            raise Unguarded(f"the filter for its port can't be set up ({reason})") from error

    def _socket(self):
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        # They are bound to all addresses, so that the destination can be a secret too; this keeps it at loopback's.
        made.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, b"lo\0")
        return made

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
                raise Unguarded("the filter for its port lets strangers in")

    def prove(self):
        """Call it a while after the start. Raises Unguarded when somebody who wasn't announced was answered."""
        for stranger in self.strangers:
            if not is_waiting(stranger):
                raise Unguarded("the filter for its port doesn't filter")
            stranger.close()
        try:
            self.listener.accept()
        except BlockingIOError:
            return
        raise Unguarded("the filter for its port lets strangers in")

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

    def forget_old(self):
        """Shuts the routes that nobody came by. Returns the seconds until it wants to be called again, or None."""
        now = time.monotonic()
        for route, opened in list(self.routes.items()):
            if now - opened > LIFETIME_S:
                self.shut(*route)
        return LIFETIME_S if self.routes else None

    def _filter(self):
        # Options would move the TCP header: a sender could put there what is read as its port.
        program = [(LD_BYTE, 0, 0, NET), (JEQ, 1, 0, 0x45), WALL]
        for source, source_port, destination in self.routes:
            program += [(LD_WORD, 0, 0, NET + 12), (JEQ, 0, 5, number(source))]
            program += [(LD_WORD, 0, 0, NET + 16), (JEQ, 0, 3, number(destination))]
            program += [(LD_HALF, 0, 0, NET + 20), (JEQ, 0, 1, source_port), SAIL]
        program.append(WALL)
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
        fprog = struct.pack("HL", len(program), ctypes.addressof(code))
        self.wall.setsockopt(socket.SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, fprog)


SYN_SENT = 2


def random_address():
    return "127." + ".".join(str(1 + byte % 254) for byte in os.urandom(3))


def number(address):
    return int.from_bytes(socket.inet_aton(address), "big")


def knock(address, source=None):
    """A connection under way to a door that should stay shut."""
    stranger = socket.socket()
    stranger.setblocking(False)
    if source:
        stranger.bind((source, 0))
    stranger.connect_ex(address)
    return stranger


def is_waiting(stranger):
    return stranger.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == SYN_SENT


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
