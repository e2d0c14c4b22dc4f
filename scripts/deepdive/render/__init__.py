"""Rows and views to HTML that is complete without JavaScript.

Output is well-formed XML, so that an edge can put it into a renderer's element tree. Addresses of
pages are written as paths from the docs folder (``/reference/tools/vllm.md``): the one form that
``address.py`` defines and the edges resolve.
"""
