"""Plain articles -> the table of words that ships: in how many sentences each stem stands, and which words are plain.

    python training/count_words.py --news articles.jsonl... --texts FOLDER... --out src/whence/text/meaning/data

`articles.jsonl` has one article a line under "text"; a FOLDER holds .txt files.  Writes `stems.tsv` (how many sentences
were counted, then a stem and in how many of them it stands, those of two or more) and `plain.txt` (words that are
written in lower case at least as often as with a capital inside a sentence, and so are no names at the head of one).
"""
from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from whence.text.meaning import names
from whence.text.meaning.stems import stem
from whence.text.normalize import words

SHORTEST = 4
"""Stems of a sentence that is counted; as of SegmentConfig.fewest_words."""
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")


def texts(news: Iterable[Path], folders: Iterable[Path]) -> Iterator[str]:
    """The texts of all articles."""
    for file in news:
        for line in file.read_text(encoding="utf8").splitlines():
            yield json.loads(line)["text"]
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            yield file.read_text(encoding="utf8")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--news", type=Path, nargs="*", default=[])
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    read = list(texts(args.news, args.texts))
    counts: Counter[str] = Counter()
    sentences = 0
    for text in read:
        for sentence in _ENDS.split(text):
            stems = {stem(word.form) for word in words(sentence)}
            if len(stems) >= SHORTEST:
                sentences += 1
                counts.update(stems)
    rows = [f"{word}\t{count}" for word, count in sorted(counts.items()) if count > 1]
    (args.out / "stems.tsv").write_text("\n".join([f"{sentences}", *rows, ""]), encoding="utf8")
    (args.out / "plain.txt").write_text("\n".join([*sorted(names.common_words(read)), ""]), encoding="utf8")


if __name__ == "__main__":
    main()
