"""Pages in a real browser: Debian's Chromium, driven by Playwright; nothing is asked of another machine."""
