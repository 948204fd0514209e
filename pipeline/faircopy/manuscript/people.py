"""Whether the label of a turn names a person: whole, by a part, by initials, with a title."""

from __future__ import annotations

import re

_TITLE_WORDS = (
    "mr mrs ms mx miss dr prof professor sir dame lord lady rev hon president minister senator"
    " ambassador governor mayor secretary chancellor general colonel captain judge justice prime"
    " herr frau präsident präsidentin m mme mlle monsieur madame sr sra don doña président"
    " г-н г-жа господин госпожа президент министр доктор профессор dott sig signora"
)
_ASKING_WORDS = (
    "q question interviewer host moderator presenter reporter journalist frage moderation"
    " вопрос в журналист корреспондент сұрақ سوال س سؤال שאלה pregunta domanda pergunta"
    " 问 問"
)
_ANSWERING_WORDS = (
    "a answer interviewee guest antwort ответ о жауап جواب ج إجابة תשובה respuesta risposta"
    " resposta réponse r 答"
)
_TITLES, _ASKING, _ANSWERING = (
    frozenset(words.split()) for words in (_TITLE_WORDS, _ASKING_WORDS, _ANSWERING_WORDS)
)
_NICKNAME = re.compile(r"[(“\"«„‘'][^)”\"»“’']*[)”\"»“’'](?!\w)")


def is_asking(name: str) -> bool:
    """Whether a label, in lower case, is a word for who asks."""
    return name in _ASKING


def is_answering(name: str) -> bool:
    """Whether a label, in lower case, is a word for who answers."""
    return name in _ANSWERING


def is_among(name: str, people: tuple[str, ...]) -> bool:
    """Whether a label, in lower case, names one of ``people``.

    Titles and nicknames in quotation marks or brackets say nothing; of the same last name it is
    the one whose first name begins with the same letter.
    """
    words = parts(name)
    return any(_names(name, words, person.casefold()) for person in people)


def _names(name: str, words: list[str], person: str) -> bool:
    theirs = parts(person)
    if name == person or not theirs or not words:
        return name == person
    if name in ("".join(part[0] for part in theirs), ".".join(part[0] for part in theirs)):
        return True
    if set(words) <= set(theirs) or set(theirs) <= set(words):
        return True
    first, last = theirs[0], theirs[-1]
    return words[-1] == last and all(word[0] == first[0] for word in words[:-1])


def parts(name: str) -> list[str]:
    """Return a name's words without titles, nicknames and what stands in brackets."""
    plain = _NICKNAME.sub(" ", name)
    words = [word.strip(".,") for word in plain.split()]
    return [word for word in words if word and word.casefold() not in _TITLES]
