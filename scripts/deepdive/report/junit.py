"""JUnit XML: a test case a file, a failure a finding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from deepdive.diagnostic import Diagnostic, Severity
from deepdive.report.text import clean


def report(diagnostics: Sequence[Diagnostic]) -> str:
    """One suite; warnings and notes are written as system output, not as failures."""
    errors = sum(1 for found in diagnostics if found.severity is Severity.ERROR)
    paths = groupby(diagnostics, key=lambda found: found.location.path)
    suite = ElementTree.Element("testsuite", name="deepdive", failures=str(errors), errors="0")
    cases = 0
    for path, group in paths:
        cases += 1
        case = ElementTree.SubElement(suite, "testcase", classname="deepdive", name=clean(path))
        for found in group:
            text = clean(f"{found.location}: {found.message}" + (f" Fix: {found.fix}" if found.fix else ""))
            tag = "failure" if found.severity is Severity.ERROR else "system-out"
            element = ElementTree.SubElement(case, tag)
            if tag == "failure":
                element.set("type", found.code)
                element.set("message", clean(found.message))
            element.text = text
    suite.set("tests", str(cases))
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
