"""Letters of fonts from before Unicode, in files that name the font of each letter (Word, PDF): the ABC fonts
(".VnTime", those whose names end in "H" show capitals) hold TCVN3, the VNI fonts ("VNI-Times") VNI.

A file that was converted often kept the names of its fonts. So what is written in such fonts is only read so where
that makes Vietnamese syllables of more of its words than it has as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.reading.encodings import share_of_syllables, tcvn3_letters, tcvn3_text, vni_letters

Decoder = Callable[[str], str]
_SUBSET = re.compile(r"^[A-Z]{6}\+")  # what a PDF puts before the name of a font of which it holds a part
_SAMPLE = 20_000  # characters by which the letters of an encoding are judged


def _tcvn3_capitals(text: str) -> str:
    return tcvn3_letters(text).upper()


def decoder_of(font: str) -> Decoder | None:
    """How the letters of a font are read, None for a font of Unicode."""
    name = _SUBSET.sub("", font).lstrip(".").lower()
    if name.startswith("vni"):
        return vni_letters
    if not name.startswith("vn") or not _SUBSET.sub("", font).startswith("."):
        return None
    family = re.split(r"[-,]", name)[0]
    return _tcvn3_capitals if family.endswith("h") else tcvn3_text


@dataclass(frozen=True, slots=True)
class LegacyFonts:
    """The decoders that a file needs."""

    used: frozenset[Decoder]

    @classmethod
    def of(cls, written: Iterable[tuple[str, str]]) -> LegacyFonts:
        """From what a file writes: (font, text) in reading order."""
        samples: Mapping[Decoder, list[str]] = defaultdict(list)
        sizes: Counter[Decoder] = Counter()
        for font, text in written:
            decoder = decoder_of(font)
            if decoder and sizes[decoder] < _SAMPLE:
                samples[decoder].append(text)
                sizes[decoder] += len(text)
        return cls(frozenset(decoder for decoder, texts in samples.items() if _reads_better("".join(texts), decoder)))

    def read(self, font: str, text: str) -> str:
        """Text of a font in Unicode."""
        decoder = decoder_of(font) if self.used else None
        return decoder(text) if decoder is not None and decoder in self.used else text


def _reads_better(text: str, decoder: Decoder) -> bool:
    return share_of_syllables(decoder(text)) > share_of_syllables(unicodedata.normalize("NFC", text))
