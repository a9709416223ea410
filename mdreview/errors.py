"""What stops the work and what only the user can mend: a file, a setting, a word on the command line."""

from __future__ import annotations

import errno

from mdreview.diagnostic import Language, Text

OF_THE_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一部分不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EROFS: "文件系统是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "符号链接层数过多",
}
"""What the system says of a file in English, in Chinese."""


class UserError(Exception):
    """A fault in what the user gave, said in both languages; never a fault of the program."""

    def __init__(self, message: Text, **arguments: object) -> None:
        super().__init__(message, arguments)
        self.message = message
        self.arguments = arguments

    def __reduce__(self) -> tuple[object, ...]:
        # exceptions with keyword arguments do not pickle by themselves, and this one comes back from other processes
        return _again, (type(self), self.message, self.arguments)

    def written(self, language: Language) -> str:
        """The sentence for the user."""
        said = {
            name: value.written(language) if isinstance(value, Text) else value
            for name, value in self.arguments.items()
        }
        return self.message.written(language, said)

    def __str__(self) -> str:
        return self.written("en")


def reason_of(error: OSError) -> Text:
    """Why the system refused a file, as an argument of a message."""
    said = error.strerror or type(error).__name__
    return Text(said, OF_THE_SYSTEM.get(error.errno or 0, said))


def _again(kind: type[UserError], message: Text, arguments: dict[str, object]) -> UserError:
    error = kind.__new__(kind)
    UserError.__init__(error, message, **arguments)
    return error
