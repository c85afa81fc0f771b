"""Who is who: `introduce` finds the actors of an article, `Cast.resolve` answers «who is this mention?»."""

from corpus_lib.actors.introducing import introduce
from corpus_lib.actors.known import Context, Resolution
from corpus_lib.actors.mentions import FEMALE, MALE, PLURAL, PRONOUNS, SPEAKER, base_name
from corpus_lib.actors.names import may_name_people
from corpus_lib.actors.nouns import belongs_to, indefinite, is_outlet, is_role, speaks_for_body
from corpus_lib.actors.resolving import Cast

__all__ = [
    "FEMALE",
    "MALE",
    "PLURAL",
    "PRONOUNS",
    "SPEAKER",
    "Cast",
    "Context",
    "Resolution",
    "base_name",
    "belongs_to",
    "indefinite",
    "introduce",
    "is_outlet",
    "is_role",
    "may_name_people",
    "speaks_for_body",
]
