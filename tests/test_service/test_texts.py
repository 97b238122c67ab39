import re
import unicodedata
from pathlib import Path

import pytest

import service
from service.texts import TEXTS, read_words

_PLACES = re.compile(r"%\((\w+)\)")


def test_words_have_the_same_places_in_both_languages_and_are_nfc():
    for name, words in TEXTS["vi"].items():
        assert sorted(_PLACES.findall(words)) == sorted(_PLACES.findall(TEXTS["en"][name])), name
        assert unicodedata.is_normalized("NFC", words), name


def test_no_words_are_left_over():
    folder = Path(service.__file__).parent
    used = "".join(path.read_text() for path in [*folder.glob("templates/**/*.html"), *folder.glob("**/*.py")])
    prefixes = set(re.findall(r'(?:\bt\["|\.get\(")(\w+_)" [~+]', used))  # names made of a beginning and what varies
    unused = [
        name
        for name in TEXTS["vi"]
        if not re.search(rf"\b(t|words)\.{name}\b|\"{name}\"", used) and not name.startswith(tuple(prefixes))
    ]
    assert not unused


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.toml": '[one]\nvi = "một"\n'}, "a.toml: [one] needs vi and en"),
        (
            {"a.toml": '[one]\nvi = "một"\nen = "one"\n', "b.toml": '[one]\nvi = "một"\nen = "one"\n'},
            "b.toml: [one] stands in another file too",
        ),
    ],
)
def test_a_wrong_file_is_named(tmp_path, files, reason):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(reason)):
        read_words(tmp_path)
