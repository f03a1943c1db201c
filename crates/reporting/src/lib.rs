//! Turns a bulletin into Markdown, HTML, JSON and CSV, in Chinese and English.
