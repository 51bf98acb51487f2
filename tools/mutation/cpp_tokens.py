"""C++ source as tokens: enough of the language to find statements and expressions, and no more."""
import bisect
import re
from dataclasses import dataclass

PUNCTUATORS = ["<=>", "...", "->*", "<<=", ">>=", "::", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
               "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", ".*"]
SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.S)
DIRECTIVE = re.compile(r"[ \t]*#(?:[^\\\n]|\\.|\\\n)*", re.S)
RAW_STRING = re.compile(r'(?:u8|u|U|L)?R"([^()\\\s]{0,16})\((.*?)\)\1"', re.S)
STRING = re.compile(r'(?:u8|u|U|L)?"(?:[^"\\\n]|\\.)*"', re.S)
CHARACTER = re.compile(r"(?:u8|u|U|L)?'(?:[^'\\\n]|\\.)+'", re.S)
NUMBER = re.compile(r"\.?[0-9](?:[eEpP][+-]|'[0-9a-zA-Z]|[0-9a-zA-Z_.])*")
WORD = re.compile(r"[A-Za-z_]\w*")
PUNCTUATOR = re.compile("|".join(map(re.escape, PUNCTUATORS)) + r"|[^\w\s]")
CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Token:
    kind: str  # word, literal, punctuator
    text: str
    start: int
    end: int


class Tokens:
    """The tokens of a source, with each bracket's partner. ValueError: brackets that do not pair."""

    def __init__(self, source):
        self.source = source
        self.list = list(tokens_of(source))
        self.lines = [0] + [match.end() for match in re.finditer("\n", source)]
        self.partner = {}
        open_brackets = []
        for i, token in enumerate(self.list):
            if token.kind != "punctuator":
                continue
            if token.text in CLOSING:
                open_brackets.append(i)
            elif token.text in CLOSING.values():
                if not open_brackets or CLOSING[self.list[open_brackets[-1]].text] != token.text:
                    raise ValueError(f"line {self.line(i)}: {token.text} closes nothing")
                self.partner[open_brackets.pop()] = i
        if open_brackets:
            raise ValueError(f"line {self.line(open_brackets[-1])}: {self.text(open_brackets[-1])} is not closed")

    def __len__(self):
        return len(self.list)

    def text(self, i):
        return self.list[i].text if 0 <= i < len(self.list) else ""

    def kind(self, i):
        return self.list[i].kind if 0 <= i < len(self.list) else ""

    def line(self, i):
        return self.line_at(self.list[i].start)

    def line_at(self, offset):
        return bisect.bisect_right(self.lines, offset)

    def spaced(self, i):
        """White space on both sides: by .clang-format this tells `a < b` and `a && b` from `vector<int>` and `auto&&`."""
        token = self.list[i]
        return self.source[token.start - 1].isspace() and self.source[token.end].isspace()

    def after(self, i):
        """The token after this one, or after the bracket that this one opens."""
        return self.partner.get(i, i) + 1

    def level(self, first, last):
        """The tokens in [first, last) outside brackets opened there; an opening bracket stands for its group."""
        i = first
        while i < last:
            yield i
            i = self.after(i)


def tokens_of(source):
    at = 0
    while at < len(source):
        if match := SPACE.match(source, at):
            at = match.end()
            continue
        first_of_line = not source[source.rfind("\n", 0, at) + 1:at].strip()
        if first_of_line and (match := DIRECTIVE.match(source, at)):
            at = match.end()
            continue
        for kind, pattern in (("literal", RAW_STRING), ("literal", STRING), ("literal", CHARACTER), ("literal", NUMBER),
                              ("word", WORD), ("punctuator", PUNCTUATOR)):
            if match := pattern.match(source, at):
                yield Token(kind, match.group(), at, match.end())
                at = match.end()
                break
        else:
            raise ValueError(f"line {source.count(chr(10), 0, at) + 1}: no token")
