"""`mdreview-lsp`, also `mdreview server`: starts the language server."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from mdreview import bytecode


def main(argv: Sequence[str] | None = None) -> int:
    """Serves one editor over standard input and output, or over one connection with --tcp."""
    parser = argparse.ArgumentParser(prog="mdreview-lsp", description="The language server of mdreview.")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
    way.add_argument("--tcp", metavar="PORT", type=int, help="wait for one connection on 127.0.0.1, for debugging")
    parser.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))
    # editors add arguments of their own, such as --clientProcessId
    options, _ = parser.parse_known_args(argv)
    _log(options.log_level.upper())
    bytecode.use()
    try:
        from mdreview_lsp.server import make_server
        from mdreview_lsp.transport import one_connection, own_streams, serve
    except ImportError as error:
        sys.stderr.write(f"mdreview-lsp: {error}; the server needs the extra: pip install 'mdreview-lint[lsp]'\n")
        return 2
    streams = own_streams() if options.tcp is None else one_connection(options.tcp, _announce)
    try:
        status = serve(make_server(), *streams)
    except KeyboardInterrupt:
        status = 130
    bytecode.keep()
    sys.stderr.flush()
    # threads may still wait for input or check a long text; nothing of theirs is worth waiting for
    os._exit(status)


def _log(level: str) -> None:
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    if level not in ("DEBUG", "INFO"):
        # it tells at length of every request that it refuses, which the editor is told anyway
        logging.getLogger("pygls").setLevel(logging.CRITICAL)


def _announce(address: str) -> None:
    sys.stderr.write(f"mdreview-lsp: listening on {address}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
