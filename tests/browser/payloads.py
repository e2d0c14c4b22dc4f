"""What people write who want their text to run: tags, handlers, schemes and disguises, every one with every other."""

from __future__ import annotations

from itertools import product

CALL = "window.pwned=1"
_TAGS = [
    "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script/x>{}</script>", "<script\n>{}</script\n>", "<<script>{}//<</script>", "</title><script>{}</script>", "--><script>{}</script>",
    "</textarea><script>{}</script>", "<svg><script>{}</script></svg>", "<math><mtext></mtext><script>{}</script></math>", "<template><script>{}</script></template>", "<noscript><p title='</noscript><script>{}</script>'>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>", "<iframe src=\"javascript:parent.{}\"></iframe>", "<object data=\"data:text/html,<script>{}</script>\"></object>", "<embed src=\"data:text/html,<script>{}</script>\">",
    "<link rel=stylesheet href=\"data:text/css,*{{}}\">", "<base href=\"https://evil.example/\">", "<meta http-equiv=refresh content=\"0;url=javascript:{}\">", "<form action=\"javascript:{}\"><button>x</button></form>",
    "<style>@import 'https://evil.example/x.css';</style>", "<img src=https://evil.example/x.png>", "<video src=https://evil.example/x.mp4></video>", "<a ping=https://evil.example/ href=x>x</a>",
]  # fmt: skip
_ELEMENTS = [
    "img src=x",
    "svg",
    "body",
    "input autofocus",
    "details open",
    "video><source",
    "audio src=x",
    "marquee",
    "select autofocus",
    "a tabindex=1",
    "p style=animation-name:x",
    "object data=x",
]
_HANDLERS = [
    "onerror",
    "onload",
    "onfocus",
    "ontoggle",
    "onmouseover",
    "onanimationstart",
    "onpointerenter",
    "onstart",
    "onbegin",
]
_DISGUISES = ["<{} {}={}>", "<{} {}='{}'>", '"><{} {}="{}">', "<{}\n{}\t=\n{}>", "<{}/{}={}//>"]
_SCHEMES = [
    "javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "java&#115;cript:{}", "java&#x73;cript:{}", "java&Tab;script:{}", "java&NewLine;script:{}", "javascript&colon;{}", "&#1;javascript:{}", "vbscript:{}",
    "data:text/html,<script>{}</script>", "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduZWQ9MTwvc2NyaXB0Pg==", "blob:{}", "filesystem:{}", "jar:{}", "view-source:javascript:{}", "feed:javascript:{}",
]  # fmt: skip
_LINKS = [
    "[x]({})",
    "![x]({})",
    "<{}>",
    '<a href="{}">x</a>',
    "[x][r]\n\n[r]: {}",
    '[x](y){{: href="{}" }}',
    '<a xlink:href="{}">x</a>',
]
_MARKDOWN = [
    "[x](y){{: onclick=\"{}\" }}", "# Heading {{ onmouseover=\"{}\" }}", "*x*{{: onfocus={} tabindex=1 }}", "``` mermaid\nflowchart LR\n  A[\"<img src=x onerror={}>\"] --> B\n```", "``` mermaid\nflowchart LR\n  A --> B\n  click A \"javascript:{}\"\n```",
    "``` {{.python onclick=\"{}\"}}\nx\n```", "!!! note \"<img src=x onerror={}>\"\n    x", "=== \"<img src=x onerror={}>\"\n\n    x", "??? question \"<svg onload={}>\"\n    x", "[^1]\n\n[^1]: <img src=x onerror={}>", "*[X]: \"><img src=x onerror={}>\n\nX",
    "[x](tool:\"><img src=x onerror={}>)", "[<img src=x onerror={}>](term:token)", "[x](fact:big-one.memory_gb \"<img src=x onerror={}>\")", "``` table\nsource: \"<img src=x onerror={}>\"\n```", "``` example\nfile: \"<img src=x onerror={}>.py\"\n```", "``` explorer\nkind: \"\\\"><img src=x onerror={}>\"\n```",
    "{{{{ constructor.constructor('{}')() }}}}", "{{% import os %}}{{{{ {} }}}}", "${{{}}}", "| a |\n|---|\n| <img src=x onerror={}> |",
]  # fmt: skip

HTML = [tag.format(CALL) for tag in _TAGS]
HANDLERS = [form.format(element, handler, CALL) for element, handler, form in product(_ELEMENTS, _HANDLERS, _DISGUISES)]
LINKS = [link.format(scheme.format(CALL)) for scheme, link in product(_SCHEMES, _LINKS)]
MARKDOWN = [text.format(CALL) for text in _MARKDOWN]
ALL = [*HTML, *HANDLERS, *LINKS, *MARKDOWN]
