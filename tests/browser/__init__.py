"""Browser tests: a package of its own, so that its Chromium is gone before other tests start an event loop."""
