"""From bytes to text: UTF-8 and UTF-16 with and without byte order mark, and the eight-bit encodings of Vietnamese from
before Unicode (Windows-1258, VISCII after RFC 1456, TCVN3 of the ABC fonts after TCVN 5712:1993, VNI for Windows).

Nothing in the bytes names an eight-bit encoding. The one that makes Vietnamese syllables of the words is taken; where
none does, the file is refused rather than guessed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

_MARKS = (  # the longer ones first: that of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOW_VISCII = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_HIGH_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII = {**_LOW_VISCII, **dict(enumerate(_HIGH_VISCII, 0x80))}
_HIGH_TCVN3 = (  # from 0xA0; 0xB0 … 0xB4 are combining marks
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵ"
    "ắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3 = dict(enumerate(_HIGH_TCVN3, 0xA0))
_VNI_MARKS = {  # behind the vowel that they mark
    **dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True)),
    **dict(zip("âàáåãä", ("\u0302" + tone for tone in ("", *"\u0300\u0301\u0309\u0303\u0323")), strict=True)),
    **dict(zip("êèéúüë", ("\u0306" + tone for tone in ("", *"\u0300\u0301\u0309\u0303\u0323")), strict=True)),
}
_VNI_LETTERS = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI = {
    **_VNI_MARKS,
    **_VNI_LETTERS,
    **{sign.upper(): letter.upper() for sign, letter in {**_VNI_MARKS, **_VNI_LETTERS}.items()},
}
_SAMPLE = 200_000  # characters by which an encoding is judged
_ENOUGH = 0.85  # share of the marked words that must be syllables
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_CONTROL = re.compile(rb"[\x00\x01\x03\x04\x07\x0e-\x13\x15-\x18\x1b]")  # in no text of these encodings


class EncodingError(ValueError):
    """Bytes that are no text in any encoding known here; the message says where and what to do."""


def decode(data: bytes) -> str:
    """The text of a file, without byte order mark. Raises :class:`EncodingError`."""
    text = _decode_unicode(data)
    if text is None:
        text = _decode_eight_bit(data)
    if "\0" in text:
        raise EncodingError(f"character {text.index(chr(0))} is a null character: the file is no text")
    return text


def _decode_unicode(data: bytes) -> str | None:
    """The text where a mark or the bytes themselves say that they are Unicode."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _without_mark(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise EncodingError(f"byte {error.start} is no {encoding.upper().removesuffix('-SIG')} text") from None
        return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 is known by the zero bytes beside each character of ASCII."""
    sample = data[:4096]
    if len(data) % 2 or b"\0" not in sample:
        return None
    half = len(sample) / 2
    if sample[1::2].count(0) > 0.25 * half and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > 0.25 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _decode_eight_bit(data: bytes) -> str:
    readings = []
    if not _CONTROL.search(data):
        for read in _EIGHT_BIT:
            try:
                text = read(data)
            except UnicodeDecodeError:
                continue
            readings.append((share_of_syllables(text[:_SAMPLE]), text))
    share, text = max(readings, key=lambda reading: reading[0], default=(0.0, ""))
    if share < _ENOUGH:
        raise EncodingError(
            f"byte {_first_bad_byte(data)} is no UTF-8 text, nor is the file Vietnamese in UTF-16, Windows-1258, "
            "VISCII, TCVN3 or VNI; convert the plan to text in UTF-8"
        )
    return text


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258"))


def _viscii(data: bytes) -> str:
    return "".join(_VISCII.get(byte, chr(byte)) for byte in data)


def _tcvn3(data: bytes) -> str:
    """Typographic signs are those of Windows. Capitals with a tone are small letters in a font of capitals: in a line
    without a small ASCII letter they are capitals."""
    return tcvn3_text(data.decode("cp1252", errors="replace"))


def tcvn3_text(text: str) -> str:
    """As :func:`tcvn3_letters`; lines in capitals as such."""
    lines = tcvn3_letters(text).splitlines(keepends=True)
    return "".join(line.upper() if _in_capitals(line) else line for line in lines)


def tcvn3_letters(text: str) -> str:
    """What TCVN3 text means of which each byte was taken for a character of Windows-1252."""
    return unicodedata.normalize("NFC", "".join(_TCVN3.get(ord(char), char) for char in text))


def vni_letters(text: str) -> str:
    """What VNI text means of which each byte was taken for a character of Windows-1252."""
    return unicodedata.normalize("NFC", "".join(_VNI.get(char, char) for char in text))


def _vni(data: bytes) -> str:
    return vni_letters(data.decode("cp1252", errors="replace"))


def _in_capitals(line: str) -> bool:
    letters = [char for char in line if char.isascii() and char.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


_EIGHT_BIT: tuple[Callable[[bytes], str], ...] = (_windows_1258, _viscii, _tcvn3, _vni)


def share_of_syllables(text: str) -> float:
    """How many of the words with other letters than those of ASCII are Vietnamese syllables, 0 … 1."""
    marked = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(_is_syllable, marked)) / len(marked) if marked else 0.0


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", _TONES.sub("", apart))
    one_case = word.islower() or word.isupper() or word.istitle() or word[1:].islower()
    return len(_TONES.findall(apart)) <= 1 and one_case and _SYLLABLE.fullmatch(bare) is not None
