"""Names of languages as feeds write them, to BCP 47 (pure)."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["language_tag"]

#: Languages as GDELT names them.
NAMES: Final = {
    "afrikaans": "af", "albanian": "sq", "arabic": "ar", "armenian": "hy", "azerbaijani": "az",
    "basque": "eu", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg", "catalan": "ca", "chinese": "zh",
    "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et",
    "finnish": "fi", "french": "fr", "galician": "gl", "georgian": "ka", "german": "de", "greek": "el",
    "gujarati": "gu", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is", "indonesian": "id",
    "italian": "it", "japanese": "ja", "kannada": "kn", "kazakh": "kk", "korean": "ko", "latvian": "lv",
    "letzeburgesch": "lb", "lithuanian": "lt", "macedonian": "mk", "malay": "ms", "malayalam": "ml",
    "marathi": "mr", "mongolian": "mn", "nepali": "ne", "norwegian": "no", "norwegiannynorsk": "nn",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru",
    "serbian": "sr", "sinhalese": "si", "slovak": "sk", "slovenian": "sl", "somali": "so", "spanish": "es",
    "swahili": "sw", "swedish": "sv", "tamil": "ta", "telugu": "te", "thai": "th", "tibetan": "bo",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
SCRIPTS: Final = {
    "cn": "zh-Hans", "sg": "zh-Hans", "my": "zh-Hans", "hans": "zh-Hans",
    "hk": "zh-Hant", "tw": "zh-Hant", "mo": "zh-Hant", "hant": "zh-Hant",
}  # fmt: skip

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")


def language_tag(declared: str, text: str) -> str:
    """The language of an item.

    Parameters
    ----------
    declared : str
        As the feed says: ``"en-us"``, ``"zh_HK"``, ``"Japanese"``; may be empty.
    text : str
        The title. A declared Chinese without a Chinese character is not believed, nor English with mostly
        Chinese ones: a channel has one declaration, and its items several languages.

    Returns
    -------
    str
        ``"zh-Hans"`` or ``"zh-Hant"`` where the region says which script, else the primary tag; empty where
        nothing is declared or what is declared cannot be.
    """
    tag = _normal(declared)
    if not tag:
        return ""
    han, kana = len(_HAN.findall(text)), bool(_KANA.search(text))
    if tag.startswith("zh") and not han:
        return ""
    if tag == "en" and (kana or 3 * han > len(text)):
        return "" if kana else "zh"
    return tag


def _normal(declared: str) -> str:
    parts = declared.strip().lower().replace("_", "-").split("-")
    if parts[0] in NAMES:
        return NAMES[parts[0]]
    if not re.fullmatch("[a-z]{2,3}", parts[0]):
        return ""
    if parts[0] == "zh":
        return next((SCRIPTS[part] for part in parts[1:] if part in SCRIPTS), "zh")
    return parts[0]
