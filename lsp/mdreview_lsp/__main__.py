"""`mdreview-lsp`, also `mdreview server`: starts the language server."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence

from mdreview import bytecode
from mdreview.argument_parser import Parser
from mdreview.arguments import add_language, language_of
from mdreview.diagnostic import Language, Text

ABOUT = Text(
    "The language server of mdreview: tells an editor what is found while one writes.",
    "mdreview 的语言服务器：在写作时把检查结果告诉编辑器。",
)
STDIO = Text("speak over standard input and output (the default)", "经标准输入输出通信（默认）")
TCP = Text("wait for one connection on 127.0.0.1, for debugging", "在 127.0.0.1 上等待一个连接，供调试使用")
LEVEL = Text("how much to tell on standard error", "在标准错误上输出多少信息")
NOT_INSTALLED = Text(
    "{error}; the server needs an extra; in a clone of mdreview: pip install '.[lsp]'",
    "{error}；服务器需要附加项；请在 mdreview 的克隆中运行：pip install '.[lsp]'",
)
NO_PORT = Text("cannot listen on 127.0.0.1:{port}: {error}", "无法监听 127.0.0.1:{port}：{error}")
LISTENING = Text("listening on {address}", "正在监听 {address}")


def main(argv: Sequence[str] | None = None) -> int:
    """Serves one editor over standard input and output, or over one connection with --tcp."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    language = language_of(arguments, os.environ)
    parser = Parser(language, prog="mdreview-lsp", description=ABOUT.written(language))
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help=STDIO.written(language))
    way.add_argument("--tcp", metavar="PORT", type=int, help=TCP.written(language))
    levels = ("debug", "info", "warning", "error")
    parser.add_argument("--log-level", default="warning", choices=levels, help=LEVEL.written(language))
    add_language(parser, language)
    # editors add arguments of their own, such as --clientProcessId
    options, _ = parser.parse_known_args(arguments)
    _log(options.log_level.upper())
    bytecode.use()
    try:
        from mdreview_lsp.server import make_server
        from mdreview_lsp.transport import one_connection, own_streams, serve
    except ImportError as error:
        return _fail(language, NOT_INSTALLED, error=error)
    try:
        streams = own_streams() if options.tcp is None else one_connection(options.tcp, _announcing(language))
    except (OSError, OverflowError) as error:
        return _fail(language, NO_PORT, port=options.tcp, error=error)
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


def _announcing(language: Language) -> Callable[[str], None]:
    return lambda address: _tell(language, LISTENING, address=address)


def _fail(language: Language, message: Text, **arguments: object) -> int:
    _tell(language, message, **arguments)
    return 2


def _tell(language: Language, message: Text, **arguments: object) -> None:
    sys.stderr.write(f"mdreview-lsp: {message.written(language, arguments)}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
