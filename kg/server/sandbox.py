"""Limits that processes put on themselves: memory, and on Linux no network, no new programs, an end with the server."""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # errno EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_FOREIGN_CALLS = 0x40000000  # x32 numbers on x86_64

_CREATE_RULES, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # Landlock, the same numbers on all architectures
_PORT_RULE, _BIND, _CONNECT = 2, 1, 2

_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),  # socket, connect, execve, execveat, io_uring_setup
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def limit_memory(mebibytes: int) -> None:
    """Let this process take so much address space beyond what it has now; more kills it."""
    limit = _address_space() + mebibytes * (1 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent() -> None:
    """Have this process killed when the one that started it ends, on Linux; elsewhere its closed socket ends it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Be the parent of what was started further below when the process in between ends, on Linux."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cut_off_network(port: int = 0) -> bool:
    """Refuse this process new programs and sockets from now on, or TCP ports but one; False where it cannot."""
    known = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, calls = known
    confined = _connect_only_to(port) if port else True
    return _refuse_calls(_filter(architecture, calls[2:] if port else calls)) and confined


def _connect_only_to(port: int) -> bool:
    """Refuse every TCP connection to another port; needs Landlock's fourth version (Linux 6.7)."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    attributes, rule = struct.pack("QQ", 0, _CONNECT | _BIND), struct.pack("QQ", _CONNECT, port)
    rules = call(_CREATE_RULES, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        added = call(_ADD_RULE, rules, _PORT_RULE, rule, 0) == 0
        return added and _no_new_privileges() and call(_RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _no_new_privileges() -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def _refuse_calls(code: bytes) -> bool:
    memory = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(memory, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if not _no_new_privileges():
        return False
    return bool(prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """A seccomp program: other architectures and the calls listed are refused, all else is allowed."""
    count = len(calls)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, count + 3, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, count + 1, 0, _FOREIGN_CALLS),
        *((_EQUAL, count - place, 0, call) for place, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _address_space() -> int:
    """Bytes of address space in use; an estimate where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 512 << 20
