"""Finds what can be mutated in a C++ source, and writes the source with every mutant compiled in but off.

What cannot be rewritten safely is left as it is and counted by reason: constant expressions, macros, conditions that
declare. Each mutant is a range of the source with text put before and after it, so that no line moves."""
import re
from collections import Counter
from dataclasses import dataclass, field

from cpp_tokens import Tokens

ON = "::elic_mutation::on({id})"
# kind -> what is put before, between (in place of the operator) and after
SHAPES = {
    "condition negated": (f"({ON} != static_cast<bool>(", None, "))"),
    "operand of && lost": (f"({ON} || static_cast<bool>(", None, "))"),
    "operand of || lost": (f"(!{ON} && static_cast<bool>(", None, "))"),
    "return negated": (f"({ON} != static_cast<bool>(", None, "))"),
    "return dropped": (f"{{ if (!{ON}) ", None, " }"),
    "call dropped": (f"{{ if (!{ON}) ", None, " }"),
    "< to <=": ("::elic_mutation::less({id}, (", "), (", "))"),
    "<= to <": ("::elic_mutation::less_equal({id}, (", "), (", "))"),
    "> to >=": ("::elic_mutation::greater({id}, (", "), (", "))"),
    ">= to >": ("::elic_mutation::greater_equal({id}, (", "), (", "))"),
}
RELATIONAL = {"<": "< to <=", "<=": "<= to <", ">": "> to >=", ">=": ">= to >"}
ASSIGNMENT = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}
CONSTANT = {"constexpr", "consteval", "constinit"}
UNEVALUATED = {"sizeof", "decltype", "alignof", "noexcept", "typeid", "requires", "alignas"}
NOT_A_CALL = {"using", "typedef", "static_assert", "throw", "delete", "new", "goto", "asm", "co_return", "co_await",
              "static_cast", "const_cast", "reinterpret_cast", "dynamic_cast", "assertion_failed"}
MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
LONGEST_TEXT = 120


@dataclass
class Mutant:
    kind: str
    file: str
    line: int
    last_line: int
    function: str
    text: str
    start: int
    end: int
    shape: tuple
    operator: tuple = None  # where the operator stands that the middle of the shape replaces
    id: int = 0
    ordinal: int = 1        # among those alike in this function

    @property
    def source_text(self):
        """What it is known by: no line number, so that an explanation outlives changes elsewhere."""
        return f"{self.function}: {self.text}" + (f" ({self.ordinal})" if self.ordinal > 1 else "")

    @property
    def key(self):
        return f"{self.file} | {self.kind} | {self.source_text}"


@dataclass
class Function:
    name: str
    returns: str           # "bool", "void", "other"; "deduced" for a lambda
    body: tuple            # its braces
    last: int = -1         # the first token of its last statement
    later_return: bool = False


@dataclass
class Finder:
    """Walks the functions of one source."""
    file: str
    source: str
    mutants: list = field(default_factory=list)
    skipped: Counter = field(default_factory=Counter)

    def run(self):
        self.t = Tokens(self.source)
        self.scope(0, len(self.t))
        seen = Counter()
        for mutant in self.mutants:
            name = (mutant.kind, mutant.function, mutant.text)
            seen[name] += 1
            mutant.ordinal = seen[name]
        return self

    def add(self, kind, first, last, function, operator=None, shape=None):
        """A mutant of the tokens [first, last)."""
        start, end = self.t.list[first].start, self.t.list[last - 1].end
        text = " ".join(self.source[start:end].split())
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT - 3] + "..."
        place = operator and (self.t.list[operator].start, self.t.list[operator].end)
        self.mutants.append(Mutant(kind, self.file, self.t.line_at(start), self.t.line_at(end - 1), function.name, text,
                                   start, end, shape or SHAPES[kind], place))

    def skip(self, reason):
        self.skipped[reason] += 1

    # --- outside functions

    def scope(self, first, last):
        """Namespace or class: finds the functions."""
        t, i, head = self.t, first, first
        while i < last:
            text = t.text(i)
            if text == ";" or (text == ":" and t.text(i - 1) in {"public", "private", "protected"}):
                head = i + 1
            elif text == "{":
                if self.is_member_initialiser(head, i):
                    i = t.after(i)
                    continue
                self.block(head, i)
                i = t.after(i)
                head = i
                continue
            i = t.after(i) if text in "([" else i + 1

    def is_member_initialiser(self, head, brace):
        """`: a_{x}` of a constructor, or `Type x{y}`, `= {...}`: braces after which the head goes on."""
        t = self.t
        level = [t.text(i) for i in t.level(head, brace)]
        if "=" in level or "class" in level or "struct" in level or "namespace" in level or "enum" in level:
            return "=" in level and "operator" not in level
        return "(" not in level or (t.kind(brace - 1) == "word" and ":" in level and
                                    t.text(brace - 1) not in {"const", "noexcept", "override", "final"})

    def block(self, head, brace):
        t = self.t
        head = self.after_template(head)
        level = list(t.level(head, brace))
        words = {t.text(i) for i in level}
        inside, end = brace + 1, t.partner[brace]
        if "enum" in words:
            return
        if words & {"namespace", "extern"} or (words & {"class", "struct", "union"} and "(" not in words):
            self.scope(inside, end)
            return
        opening = next((i for i in level if t.text(i) == "("), None)
        if opening is None:
            return
        if words & CONSTANT:
            self.skip("constexpr function")
            return
        operator = next((i for i in level if t.text(i) == "operator"), None)
        name = operator if operator is not None else opening - 1
        while t.text(name - 1) == "::":
            name -= 2
        full_name = "".join(t.text(i) for i in range(name, opening))
        type_words = [t.text(i) for i in level
                      if i < name and t.text(i) not in {"static", "inline", "virtual", "explicit", "["}]
        if full_name.endswith("operatorbool"):
            type_words = ["bool"]
        returns = type_words[0] if type_words in (["bool"], ["void"]) else "other" if type_words else "void"
        for i in level:  # a constructor's initialisers
            if i > opening and t.text(i) == "(":
                self.arguments(i, Function(full_name, "other", (brace, end)))
        self.body(Function(full_name, returns, (brace, end)))

    def after_template(self, i):
        """Behind `template <...>`."""
        t = self.t
        while t.text(i) == "template":
            depth, i = 0, i + 1
            while True:
                depth += {"<": 1, ">": -1, ">>": -2}.get(t.text(i), 0)
                i += 1
                if depth == 0:
                    break
        return i

    # --- statements

    def body(self, function):
        """A function that is not understood is left as it is."""
        before = len(self.mutants)
        try:
            self.statements(function)
        except ValueError:
            del self.mutants[before:]
            self.skip("function not understood")

    def statements(self, function):
        t = self.t
        first, last = function.body[0] + 1, function.body[1]
        starts, i = [], first
        while i < last:
            starts.append(i)
            i = self.statement(i, last, None)
        if starts:
            function.last = starts[-1]
            final = t.text(function.last)
            function.later_return = final in {"return", "assertion_failed"} or function.returns == "void"
            if final == "switch" and not function.later_return:  # its cases go on into the next; the last return stays
                returns = [k for k in range(function.last, last) if t.text(k) == "return"]
                function.last = returns[-1] if returns else function.last
                function.later_return = bool(returns)
        i = first
        while i < last:
            i = self.statement(i, last, function)

    def statement(self, i, last, function):
        """One statement at i; the token after it. Without a function: finds its end only."""
        t = self.t
        text = t.text(i)
        if text == "{":
            if function is not None:
                k = i + 1
                while k < t.partner[i]:
                    k = self.statement(k, t.partner[i], function)
            return t.after(i)
        if text == ";":
            return i + 1
        if text in {"if", "while", "for", "switch"}:
            return self.controlled(i, last, function)
        if text == "else":
            return self.statement(i + 1, last, function)
        if text == "do":
            k = self.statement(i + 1, last, function)
            if function is not None:
                self.condition(k + 2, t.partner[k + 1], function, "while")
            return t.after(k + 1) + 1
        if text in {"try", "catch"}:
            k = t.after(i + 1) if text == "catch" else i + 1
            return self.statement(k, last, function)
        if text in {"case", "default"} or (t.kind(i) == "word" and t.text(i + 1) == ":"):
            return next(k for k in t.level(i, last) if t.text(k) == ":") + 1
        if text in {"struct", "class", "union", "enum"}:
            brace = next((k for k in t.level(i, last) if t.text(k) in {"{", ";"}), last)
            if t.text(brace) == "{" and function is not None and text != "enum":
                self.scope(brace + 1, t.partner[brace])
        end = next((k for k in t.level(i, last) if t.text(k) == ";"), None)
        if end is None:
            raise ValueError(f"{self.file}:{t.line(i)}: a statement without an end")
        if function is not None:
            self.simple(i, end, function)
        return end + 1

    def controlled(self, i, last, function):
        """if, while, for, switch, and the statements that they control."""
        t = self.t
        keyword = t.text(i)
        constant = keyword == "if" and t.text(i + 1) == "constexpr"
        opening = i + 2 if constant else i + 1
        if function is not None:
            if constant:
                self.skip("if constexpr")
            else:
                self.condition(opening + 1, t.partner[opening], function, keyword)
        k = self.statement(t.after(opening), last, function)
        while keyword == "if" and k < last and t.text(k) == "else":
            k = self.statement(k, last, function)
        return k

    def condition(self, first, last, function, keyword):
        """What stands in the parentheses of a statement."""
        t = self.t
        parts, start = [], first
        over_range = keyword == "for" and [t.text(i) for i in t.level(first, last)].count(";") < 2
        for i in t.level(first, last):
            if t.text(i) == ";" or (over_range and t.text(i) == ":"):
                over_range = over_range and t.text(i) == ";"  # a later colon is that of ?:
                parts.append((start, i))
                start = i + 1
        parts.append((start, last))
        judged = None
        if keyword == "for":
            judged = 1 if len(parts) == 3 and self.is_counting(first, last) else None
        elif keyword != "switch":
            judged = len(parts) - 1
        for number, (a, b) in enumerate(parts):
            if number == judged and a < b:
                self.judged(a, b, function, keyword)
            else:
                self.expressions(a, b, function)

    def is_counting(self, first, last):
        return [self.t.text(i) for i in self.t.level(first, last)].count(";") == 2

    def judged(self, first, last, function, keyword):
        t = self.t
        assigned = next((i for i in t.level(first, last) if t.text(i) == "="), None)
        if assigned is None:
            self.add("condition negated", first, last, function)
        elif keyword == "if" and t.kind(assigned - 1) == "word" and assigned - first >= 2:
            # `if (auto p = f())` is `if (auto p = f(); p)`
            name = t.text(assigned - 1)
            self.add("condition negated", first, last, function,
                     shape=("", None, f"; ({ON} != static_cast<bool>({name}))"))
        else:
            self.skip("a declaration as the condition of a loop")
        self.expressions(first, last, function)

    def simple(self, i, end, function):
        """A statement that ends in a semicolon, at the token `end`."""
        t = self.t
        words = {t.text(k) for k in t.level(i, end)}
        if t.text(i) == "static_assert" or words & CONSTANT:
            if self.could_be_mutated(i, end):
                self.skip("constant expression")
            return
        if t.text(i) == "return":
            self.returned(i, end, function)
            return
        if self.is_macro(i, end):
            self.skip("macro")
            return
        if self.is_call(i, end):
            self.add("call dropped", i, end + 1, function)
        self.expressions(i, end, function)

    def returned(self, i, end, function):
        t = self.t
        if i != function.last:
            if function.later_return:
                self.add("return dropped", i, end + 1, function)
            else:
                self.skip("early return with no return after it")
        if i + 1 == end:
            return
        level = {t.text(k) for k in t.level(i + 1, end) if t.kind(k) == "punctuator" and
                 (t.spaced(k) or t.text(k) == "!")}
        says_bool = level & {"&&", "||", "==", "!=", "<", "<=", ">", ">=", "!"} and not level & {"?", "<=>"}
        if (function.returns == "bool" or says_bool) and t.text(i + 1) != "{":
            self.add("return negated", i + 1, end, function)
        self.expressions(i + 1, end, function)

    def is_macro(self, i, end):
        return self.t.text(i + 1) == "(" and MACRO.fullmatch(self.t.text(i)) is not None

    def is_call(self, i, end):
        """A statement that is a call: names, members and calls only, no two words side by side (a declaration)."""
        t = self.t
        if t.text(end - 1) != ")" or t.text(i) in NOT_A_CALL or t.kind(i) not in {"word", "punctuator"}:
            return False
        before = None
        for k in t.level(i, end):
            token = t.list[k]
            if token.text in NOT_A_CALL:
                return False
            if token.kind == "word":
                if before is not None and (t.kind(before) == "word" or t.text(before) in {">", "*", "&", "&&"}):
                    return False
            elif token.text not in {"(", "[", "::", ".", "->", "<", ">", "*", ","}:
                return False
            before = k
        return True

    def could_be_mutated(self, first, last):
        t = self.t
        return any(t.kind(i) == "punctuator" and (t.text(i) == "?" or (t.text(i) in {"&&", "||", *RELATIONAL} and t.spaced(i)))
                   for i in range(first, last))

    # --- expressions

    def arguments(self, opening, function):
        before = self.t.text(opening - 1)
        inside = (opening + 1, self.t.partner[opening])
        if before in UNEVALUATED or MACRO.fullmatch(before):
            if self.could_be_mutated(*inside):
                self.skip("macro" if MACRO.fullmatch(before) else "constant expression")
            return
        self.expressions(*inside, function)

    def expressions(self, first, last, function):
        """Expressions, declarations with an initialiser, or a list of them: split at commas and assignments."""
        t, start = self.t, first
        lambdas = self.lambdas(first, last, function)
        for i in t.level(first, last):
            if i in lambdas or any(a < i < b for a, b in lambdas.items()):
                continue
            if t.text(i) in {",", ";"} or t.text(i) in ASSIGNMENT:
                self.expression(start, i, function, lambdas)
                start = i + 1
        self.expression(start, last, function, lambdas)

    def lambdas(self, first, last, function):
        """Walks the bodies of the lambdas here; {first token: token after}."""
        t, found = self.t, {}
        end = first
        for i in t.level(first, last):
            if i < end or t.text(i) != "[" or not self.begins_lambda(i):
                continue
            k = t.after(i)
            returns = "deduced"
            while k < last and t.text(k) != "{":
                if t.text(k) == "->":
                    returns = "bool" if t.text(k + 1) == "bool" and t.text(k + 2) == "{" else "other"
                if t.text(k) in CONSTANT:
                    returns = "constant"
                k = t.after(k) if t.text(k) in "([" else k + 1
            if k >= last:
                continue
            self.expressions(i + 1, t.partner[i], function)  # initialised captures
            if returns == "constant":
                self.skip("constexpr function")
            else:
                self.lambda_body(Function(function.name, returns, (k, t.partner[k])))
            end = t.after(k)
            found[i] = end
        return found

    def lambda_body(self, function):
        t = self.t
        if not any(t.text(i) == "return" and t.text(i + 1) != ";" for i in range(*function.body)):
            function.returns = "void"
        self.body(function)

    def begins_lambda(self, i):
        t = self.t
        before = t.text(i - 1)
        if t.text(i + 1) == "[" or before == "[":
            return False  # an attribute
        if before in {"&", "&&"}:
            return t.text(i - 2) != "auto"
        if before == "return":
            return True
        return before != "auto" and t.kind(i - 1) == "punctuator" and before not in {")", "]", ">"}

    def expression(self, first, last, function, lambdas):
        """Without a comma or an assignment outside brackets."""
        t = self.t
        level, skip_to = [], first
        for i in t.level(first, last):
            if i < skip_to:
                continue
            if i in lambdas:
                skip_to = lambdas[i]
                continue
            level.append(i)
        question = next((i for i in level if t.text(i) == "?"), None)
        if question is not None:
            self.add("condition negated", first, question, function)
            self.logic(first, question, [i for i in level if i < question], function)
            depth = 0
            for i in level:
                if i <= question:
                    continue
                depth += {"?": 1, ":": -1}.get(t.text(i), 0)
                if depth < 0:
                    self.expression(question + 1, i, function, lambdas)
                    self.expression(i + 1, last, function, lambdas)
                    return
            raise ValueError(f"{self.file}:{t.line(question)}: a ? without its :")
        self.logic(first, last, level, function)

    def logic(self, first, last, level, function):
        for operator in ("||", "&&"):
            at = [i for i in level if self.is_binary(i, {operator})]
            if at:
                for a, b in zip([first] + [i + 1 for i in at], at + [last]):
                    self.add(f"operand of {operator} lost", a, b, function)
                    self.logic(a, b, [i for i in level if a <= i < b], function)
                return
        self.comparison(first, last, level, function)

    def is_binary(self, i, operators):
        return self.t.kind(i) == "punctuator" and self.t.text(i) in operators and self.t.spaced(i)

    def comparison(self, first, last, level, function):
        t = self.t
        for operators in ({"|"}, {"^"}, {"&"}, {"==", "!="}):
            at = [i for i in level if self.is_binary(i, operators)]
            if at:
                for a, b in zip([first] + [i + 1 for i in at], at + [last]):
                    self.comparison(a, b, [i for i in level if a <= i < b], function)
                return
        at = [i for i in level if self.is_binary(i, set(RELATIONAL))]
        if len(at) == 1 and first < at[0] < last - 1 and not self.is_binary_declaration(first, at[0]):
            self.add(RELATIONAL[t.text(at[0])], first, last, function, operator=at[0])
        elif at:
            self.skip("comparisons in a chain")
        for i in level:
            if t.text(i) == "(" or t.text(i) == "[":
                self.arguments(i, function)
            elif t.text(i) == "{":
                self.expressions(i + 1, t.partner[i], function)

    def is_binary_declaration(self, first, operator):
        return self.t.text(first) in {"const", "auto", "static", "throw", "case"}


def instrument(source, mutants):
    """The source with these mutants compiled in, each off until its id is asked for."""
    edits = []  # (offset, closes before opens, nesting, text)
    replaced = []
    for number, mutant in enumerate(mutants):
        before, between, after = (part and part.replace("{id}", str(mutant.id)) for part in mutant.shape)
        edits.append((mutant.start, 1, (-mutant.end, number), before))
        edits.append((mutant.end, 0, (-mutant.start, -number), after))
        if mutant.operator:
            replaced.append((*mutant.operator, between))
    pieces = [(at, at, rank, order, text) for at, rank, order, text in edits]
    pieces += [(start, end, 2, (0, 0), text) for start, end, text in replaced]
    out, at = [], 0
    for start, end, _, _, text in sorted(pieces):
        out.append(source[at:start])
        out.append(text)
        at = end
    out.append(source[at:])
    return "".join(out)
