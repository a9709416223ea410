"""What stops the work and what only the user can mend: a file, a setting, a word on the command line."""

from __future__ import annotations

from mdreview.diagnostic import Language, Text


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
        return self.message.written(language, self.arguments)

    def __str__(self) -> str:
        return self.written("en")


def _again(kind: type[UserError], message: Text, arguments: dict[str, object]) -> UserError:
    error = kind.__new__(kind)
    UserError.__init__(error, message, **arguments)
    return error
