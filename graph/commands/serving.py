"""A release for others, read-only: ``serve`` over HTTP, ``mcp`` for programs that use tools."""

from __future__ import annotations

import argparse

from graph.commands.call import DONE, Commands, UsageError, with_release


def add_to(commands: Commands) -> None:
    """Add the commands of this family."""
    one = commands.add("serve", serve)
    one.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    one.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    with_release(one)

    with_release(commands.add("mcp", mcp))


def serve(options: argparse.Namespace) -> int:
    """Serve a release, read-only, until interrupted."""
    from service.app import ServeError
    from service.app import serve as run_service

    try:
        run_service(options.host, options.port, options.release)
    except ServeError as error:
        raise UsageError(str(error)) from None
    return DONE


def mcp(options: argparse.Namespace) -> int:
    """Serve questions, search and SPARQL as tools of the Model Context Protocol, on standard input and output."""
    from service.mcp_server import McpError, serve_mcp

    try:
        serve_mcp(options.release)
    except McpError as error:
        raise UsageError(str(error)) from None
    return DONE
