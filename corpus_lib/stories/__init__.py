"""Stories: the same actor, the same demand and its answers across the articles of a corpus; reprints count once."""

from corpus_lib.stories.building import stories_of, stories_of_sketches
from corpus_lib.stories.frames import frame
from corpus_lib.stories.given import annotated
from corpus_lib.stories.records import STATES, StoryActor, StoryAnswer, StoryArticle, StoryDemand, Told
from corpus_lib.stories.showing import Elsewhere, elsewhere, followed
from corpus_lib.stories.sketch import Sketch, sketch
from corpus_lib.stories.story import Story, story_file

__all__ = [
    "STATES",
    "Elsewhere",
    "Sketch",
    "Story",
    "StoryActor",
    "StoryAnswer",
    "StoryArticle",
    "StoryDemand",
    "Told",
    "annotated",
    "elsewhere",
    "followed",
    "frame",
    "sketch",
    "stories_of",
    "stories_of_sketches",
    "story_file",
]
