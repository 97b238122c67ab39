"""Questions put in words: which question of the catalogue is meant, with which parameters, and what stays open.

Pure: the words, the names that a release has and the day of asking go in, an understanding comes out. No model, no
chance: words are looked up, and what they mean is weighed by rules that stand in data files which anybody may extend.

    tokens.py        the words of a question, with and without accents, and where they stand
    lexicon.py       finds known spellings among them: exact accents first, without accents, with one letter wrong
    names.py         the names of a release, read with the queries in names/, and names.toml: what people say besides
    ideas.toml       words for what a question is about: to lead, most, without, due …
    questions.toml   the ideas that tell each question of the catalogue
    periods.py       days, months, quarters and years, also as seen from the day of asking (periods.toml)
    shorthand.py     spells out what people write short (shorthand.toml)
    phrasings.py     counts which words go with which question in whole phrasings (phrasings.toml)
    found.py         everything known in the words of one question
    weighing.py      how well a reading of a question fits what was found
    parameters.py    gives a question its values from what was found, or says what is missing, doubtful or absent
    understanding.py decides: an answer, a choice, an absent name, or unknown
    choices.py       what to offer where the words leave something open
    telling.py       says what was understood, to people (messages.toml) and machines
    evaluation.py    labelled questions (data/evaluation/asking) and the share understood rightly

docs/asking.md tells the method, how to extend it, and how well it does.
"""


class AskingError(Exception):
    """A file that understanding needs cannot be used; the message names the file, the place and the reason."""


class WordsError(Exception):
    """What was asked cannot be read as a question; the message says why, `vi` in Vietnamese."""

    def __init__(self, message: str, vi: str) -> None:
        """Take the message in both languages."""
        super().__init__(message)
        self.vi = vi
