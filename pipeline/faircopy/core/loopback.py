"""Run a program in a new network namespace; started by ``cage`` within it, as a file of its own.

It raises the loopback, which some programs need to talk with themselves, sees that there is no way
out, gives up what rights it had for that, and becomes the program.
Usage: ``python loopback.py PROGRAM ARGUMENT…``.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

_GET, _SET = 0x8913, 0x8914  # SIOCGIFFLAGS, SIOCSIFFLAGS: netdevice(7)
_UP = 1
_AMBIENT, _CLEAR_ALL = 47, 4  # PR_CAP_AMBIENT: prctl(2)
_REQUEST = "16sH14x"


def _main(arguments: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        for _, name in socket.if_nameindex():
            asked = struct.pack(_REQUEST, name.encode(), 0)
            flags = struct.unpack(_REQUEST, fcntl.ioctl(door, _GET, asked))[1]
            if name == "lo":
                fcntl.ioctl(door, _SET, struct.pack(_REQUEST, b"lo", flags | _UP))
            elif flags & _UP:
                sys.exit(f"There is a way out: {name}.")
    if os.geteuid() != 0:
        import ctypes

        if ctypes.CDLL(None, use_errno=True).prctl(_AMBIENT, _CLEAR_ALL, 0, 0, 0) != 0:
            sys.exit("The rights in the namespace could not be given up.")
    try:
        os.execvp(arguments[0], arguments)
    except OSError as error:
        sys.exit(f"{arguments[0]} could not be started: {error.strerror}.")


if __name__ == "__main__":
    _main(sys.argv[1:])
