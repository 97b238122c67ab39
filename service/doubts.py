"""What the reading of a row was not sure of, in the language of a page: words/doubts says what its words mean."""

from service.texts import DOUBTS

_PLACE = "…"  # stands for what changes from row to row


def doubt_text(doubt: str, language: str) -> str:
    """Return a doubt as written by the extraction (pc:doubt) in a language; one that has no words here as it is."""
    for written, said in DOUBTS[language].items():
        begins, place, ends = written.partition(_PLACE)
        if doubt == written:
            return said
        if place and doubt.startswith(begins) and doubt.endswith(ends):
            return said.replace(_PLACE, doubt.removeprefix(begins).removesuffix(ends))
    return doubt
