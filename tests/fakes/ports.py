"""Ports of this machine."""

import socket


def free_port() -> int:
    """A port of loopback on which nothing listens yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
