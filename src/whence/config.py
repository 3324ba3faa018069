"""One frozen configuration a step, read from an archive's `whence.toml`, and the fingerprint that keys what it made."""
from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from whence.errors import ConfigError

FILE = "whence.toml"


@dataclass(frozen=True, slots=True)
class InputConfig:
    """What is taken in at all."""

    max_page_bytes: int = 20_000_000       # trafilatura's own MAX_FILE_SIZE; a larger page is a data dump
    max_page_tags: int = 200_000           # chosen: 20 times a long page; trafilatura takes 5 to 15 s for as many
    max_text_bytes: int = 50_000_000       # chosen: ten times the longest book in one file


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """Main text out of a page."""

    language_sample: int = 1_000       # characters; measured: 300 give the same as 8,000 on each of 1,859 articles
    language_certainty: float = .5     # chosen: more likely than all other languages together, else left open


@dataclass(frozen=True, slots=True)
class SegmentConfig:
    """Sentences."""

    fewest_words: int = 4                  # chosen: what is shorter states nothing that could be held against another
    longest_heading: int = 15              # chosen: news headlines run to about a dozen words
    longest_credit: int = 40               # chosen: a credit line with its names and places


@dataclass(frozen=True, slots=True)
class AttributeConfig:
    """Who says what."""

    longest_title: int = 300     # characters; chosen: a longer first line is no headline
    least_score: float = .4      # of what is taken from the extractor: F1 of relations on PolNeAR's development part
                                 # is .751 to .752 for any from 0 to .45; the higher, the fewer false ones
    least_strange: float = .5    # the same where the cue holds no word of reporting that we know: chosen; costs .003
                                 # of that F1, and what is dropped is mostly no report at all


@dataclass(frozen=True, slots=True)
class ReuseConfig:
    """Shared passages: what is compared, and what counts as shared."""

    seed: int = 4                # words of a shingle: longer ones miss rewrites, shorter ones are common phrases
    hits: int = 3                # shared shingles that make two documents worth aligning; three in a row are 6 words
    least: float = 8.5           # what a passage must earn (align.Scoring): 12 words of running text earn 8 to 10
    exact: int = 12              # a verbatim run of so many words is always found
    together: int = 200          # documents that share a shingle and are all held against each other
    notice_documents: int = 3    # differing articles of one publisher that share a notice; two may be chance
    notice_words: int = 3        # "all rights reserved"
    notice_leaves: int = 8       # words of its own that an article with a notice still has
    notice_echo: float = .25     # a notice whose longer words the articles take up more often is their background


@dataclass(frozen=True, slots=True)
class LineageConfig:
    """Who took it from whom."""

    least_words: int = 8         # words that a further source must explain; fewer are a common phrase
    own_words: int = 12          # words that a document adds to what it took and that make a family: a passage's length
    candidates: int = 3          # sources shown for a passage, the likeliest first
    members: int = 200           # members from which a family's reuses are those with parents and the earliest only


@dataclass(frozen=True, slots=True)
class ClaimsConfig:
    """Statements that say the same.  Shares run from 0 to 1."""

    copied: float = 0.6          # words in common of two sentences at one place of a shared passage; chosen: reuse
    #                              allows a third of the words to differ, and a sentence may lose its end besides
    proof: int = 20              # words word for word that prove a text in common; chosen: over a plain sentence
    radius: float = 0.6          # the least cosine of two sentences that are judged; .94 of the pairs of news that
    #                              people judged to say the same have it (docs/judge-model.md)
    denied_radius: float = 0.5   # the same where only one of them denies something: a denial is seldom worded as what
    #                              it denies; nearly all that the judge takes for contraries down to .45 have it
    same: float = 0.5            # the least chance, by the judge, of two that are said to say the same or the
    contrary: float = 0.5        # contrary: the likelier of two
    faint: float = 0.1           # a chance below this counts as none; chosen: it hardly changes a group
    agree: float = 0.3           # the least chance on average of two groups that are one; chosen on the training pairs
    most_near: int = 2_000       # near ones from which a sentence is judged with the nearest only; chosen: a form that
    crowded: float = 0.9         # is filled in every day; these have so large a cosine at least


@dataclass(frozen=True, slots=True)
class OriginsConfig:
    """Roots, low and high."""

    held: float = 0.5            # the confidence from which a candidate is held to be a parent, by definition


@dataclass(frozen=True, slots=True)
class QuotesConfig:
    """Quotations against the texts held.  Shares run from 0 to 1."""

    longest: int = 1_000         # words of a quotation that is held against anything; chosen: a whole speech
    short: int = 3               # words up to which only standing there or not is told; chosen: too few for a diff
    alike: float = 0.6           # words that must agree with a text named as the source; as of ClaimsConfig.copied
    weak: float = 0.8            # the same where the text may not be the one meant; chosen: one word in five
    least: int = 6               # words that must agree, or else so large a share; chosen: fewer are a common phrase
    texts: int = 5               # texts of one source that are aligned, those that share most with it first
    together: int = 200          # places of three words in a row that are all looked at; as of ReuseConfig.together


@dataclass(frozen=True, slots=True)
class Config:
    """All of it; a section of `whence.toml` for each field."""

    inputs: InputConfig = field(default_factory=InputConfig)
    extract: ExtractConfig = field(default_factory=ExtractConfig)
    segment: SegmentConfig = field(default_factory=SegmentConfig)
    attribute: AttributeConfig = field(default_factory=AttributeConfig)
    reuse: ReuseConfig = field(default_factory=ReuseConfig)
    lineage: LineageConfig = field(default_factory=LineageConfig)
    claims: ClaimsConfig = field(default_factory=ClaimsConfig)
    origins: OriginsConfig = field(default_factory=OriginsConfig)
    quotes: QuotesConfig = field(default_factory=QuotesConfig)


def fingerprint(step: str, code: str, config: object, inputs: Iterable[str] = ()) -> str:
    """16 hex digits that change when the step's code, any setting of it, or any of its inputs does.

    `code` stands for what the step computes with (code.py); `config` is a dataclass; `inputs` are the fingerprints or
    ids of all that the step reads, in any order.
    """
    settings = asdict(config) if config else {}  # type: ignore[call-overload]
    key = {"step": step, "code": code, "config": settings, "inputs": sorted(inputs)}
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:16]


def load(archive: Path) -> Config:
    """The archive's configuration: the defaults, changed by what its `whence.toml` says.

    Raises ConfigError where the file is not TOML, or names a section, a setting or a type that does not exist.
    """
    path = archive / FILE
    if not path.exists():
        return Config()
    try:
        given = tomllib.loads(path.read_text(encoding="utf8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"not valid TOML ({error})", where=str(path), mend="Mend or remove the file") from None
    known = {f.name: f.default_factory for f in fields(Config)}
    sections = {}
    for name, settings in given.items():
        if name not in known:
            raise ConfigError(f"no section [{name}]", where=str(path), mend=f"Sections are {', '.join(known)}")
        sections[name] = _section(known[name], settings, f"{path} [{name}]")  # type: ignore[arg-type]
    return Config(**sections)


def _section(kind: type[Any], settings: object, where: str) -> Any:
    if not isinstance(settings, dict):
        raise ConfigError("not a section", where=where, mend="Write it as [section] with name = value lines")
    defaults = {f.name: f.default for f in fields(kind)}
    for name, value in settings.items():
        if name not in defaults:
            mend = f"Settings are {', '.join(defaults) or 'none yet'}"
            raise ConfigError(f"no setting {name}", where=where, mend=mend)
        if type(value) is not type(defaults[name]):
            wanted = type(defaults[name]).__name__
            mend = f"The default is {defaults[name]!r}"
            raise ConfigError(f"{name} is {value!r}, not of type {wanted}", where=where, mend=mend)
    return kind(**settings)
