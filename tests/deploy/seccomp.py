"""Runs a command under seccomp filters as systemd installs them: python3 seccomp.py '<filters as JSON>' <command> [arguments].

{"allowed": [names of system calls], "killed": [names of system calls], "families": [numbers of address families]}

Calls in "killed" end the process with SIGSYS; a call in neither list, which systemd does not know, fails with ENOSYS. socket() with
another address family fails with EAFNOSUPPORT. systemd needs a running service manager for this; libseccomp, which it uses, does not.
"""
import ctypes
import errno
import json
import os
import sys

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
FAIL_AF = 0x00050000 | errno.EAFNOSUPPORT
FAIL_UNKNOWN = 0x00050000 | errno.ENOSYS
EQUAL, GREATER = 4, 6


class Argument(ctypes.Structure):
    _fields_ = [("index", ctypes.c_uint), ("operator", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


library = ctypes.CDLL("libseccomp.so.2")
library.seccomp_init.restype = ctypes.c_void_p
library.seccomp_init.argtypes = [ctypes.c_uint32]
library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
library.seccomp_rule_add_array.argtypes = [
    ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Argument)
]
library.seccomp_load.argtypes = [ctypes.c_void_p]


def add(context, action, number, *arguments):
    status = library.seccomp_rule_add_array(context, action, number, len(arguments), (Argument * len(arguments))(*arguments))
    if status != 0:
        raise OSError(-status, os.strerror(-status))


def number_of(name):
    """Negative for a call of another architecture, and for one that this libseccomp does not know."""
    return library.seccomp_syscall_resolve_name(name.encode())


def load(context):
    status = library.seccomp_load(context)
    if status != 0:
        raise OSError(-status, os.strerror(-status))


filters = json.loads(sys.argv[1])

# The address families first: the other filter would end this process for loading one more.
context = library.seccomp_init(ALLOW)
socket = number_of("socket")
families = filters["families"]
for family in range(max(families)):
    if family not in families:
        add(context, FAIL_AF, socket, Argument(0, EQUAL, family, 0))
add(context, FAIL_AF, socket, Argument(0, GREATER, max(families), 0))
load(context)

context = library.seccomp_init(FAIL_UNKNOWN)
for action, names in ((ALLOW, filters["allowed"]), (KILL_PROCESS, filters["killed"])):
    for number in {number_of(name) for name in names}:
        if number >= 0:
            add(context, action, number)
load(context)
os.execvp(sys.argv[2], sys.argv[2:])
