"""AI Stack DeepDive: tables and pages checked, rendered and exported by one path.

The way of a fact: a row of ``docs/serving/inference-engines.yml`` is read by ``yaml_source`` (with
the place of every key), becomes a frozen ``model.tool.Tool`` in ``load``, is judged by ``checks``
and ``links``, drawn by ``render``, written out by ``export``, and spoken of by ``report``.
``pipeline`` puts these together in memory; three edges carry the result outside: ``markdown`` (any
renderer built on Python-Markdown), ``plugin`` (MkDocs and ProperDocs) and ``cli``.

Imports go down only, floor by floor, and siblings never import each other:

    diagnostic, model  <-  text_source  <-  yaml_source  <-  load  <-  checks, links, render, export, report
                       <-  pipeline  <-  markdown, plugin, cli

``tests/test_architecture.py`` enforces it.
"""
