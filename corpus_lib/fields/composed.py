"""Forms made of others, and forms that point to other records of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_lib.fields.forms import TEXT, Form, Layer, Misfit, Page, Spot
from corpus_lib.model import Link


@dataclass(frozen=True, slots=True)
class Pointer(Form):
    """The id of another record of the article."""

    layer: Layer = "actors"

    def refers(self, value: Any) -> Sequence[tuple[Layer, str]]:
        """Return the record it names."""
        return ((self.layer, value),)


@dataclass(frozen=True, slots=True)
class Named(Pointer):
    """The id of an actor, whose name is told beside it."""

    def told(self, value: Any, page: Page) -> Any:
        """Return the actor's name."""
        return page.names[value]

    def cell(self, value: Any, page: Page) -> object:
        """Return the actor's name."""
        return page.names[value]


@dataclass(frozen=True, slots=True)
class Maybe(Form):
    """Another form, or nothing: ``null``."""

    form: Form = TEXT

    def write(self, value: Any, page: Page) -> Any:
        """Return None for nothing."""
        return None if value is None else self.form.write(value, page)

    def read(self, value: Any) -> Any:
        """Return None for nothing."""
        try:
            return None if value is None else self.form.read(value)
        except Misfit as misfit:
            misfit.expected += "" if misfit.place else " or null"
            raise

    def cell(self, value: Any, page: Page) -> object:
        """Return None for nothing."""
        return None if value is None else self.form.cell(value, page)

    def refers(self, value: Any) -> Sequence[tuple[Layer, str]]:
        """Return the record it names, if any."""
        return () if value is None else self.form.refers(value)

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield what the other form has, if anything."""
        return iter(()) if value is None else self.form.spots(value)


@dataclass(frozen=True, slots=True)
class Each(Form):
    """Several values of one form, a list; in a table joined."""

    form: Form = TEXT
    between: str = "; "
    least: int = 0

    def write(self, value: Any, page: Page) -> Any:
        """Return a list."""
        return [self.form.write(v, page) for v in value]

    def read(self, value: Any) -> tuple[Any, ...]:
        """Return a tuple; a value in it that does not fit is told by its number."""
        if not isinstance(value, (list, tuple)) or len(value) < self.least:
            raise Misfit.of(self.expected, value)
        number, read = 0, []
        try:
            for number, one in enumerate(value):  # noqa: B007 (the number is for the message)
                read.append(self.form.read(one))
        except Misfit as misfit:
            raise misfit.under(number) from None
        return tuple(read)

    def cell(self, value: Any, page: Page) -> object:
        """Return the values joined."""
        return self.between.join(str(self.form.cell(v, page)) for v in value)

    def refers(self, value: Any) -> Sequence[tuple[Layer, str]]:
        """Return the records they name."""
        return [pointed for v in value for pointed in self.form.refers(v)]

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield what each of them has."""
        for number, one in enumerate(value):
            for way, spot in self.form.spots(one):
                yield (number, *way), spot


@dataclass(frozen=True, slots=True)
class Actors(Each):
    """Actors by id, their names told beside them: joined by ``; ``, or one by one."""

    apart: bool = False

    def told(self, value: Any, page: Page) -> Any:
        """Return the actors' names."""
        return [page.names[i] for i in value] if self.apart else page.joined(value)

    def cell(self, value: Any, page: Page) -> object:
        """Return the names joined, None for nobody."""
        return page.joined(value)


@dataclass(frozen=True, slots=True)
class Links(Each):
    """Links to demands, whose ids are told beside them."""

    def told(self, value: Sequence[Link], page: Page) -> Any:
        """Return the ids of the demands."""
        return [k.demand for k in value]

    def cell(self, value: Any, page: Page) -> object:
        """Return the ids of the demands, joined."""
        return " ".join(self.told(value, page))

    def refers(self, value: Any) -> Sequence[tuple[Layer, str]]:
        """Return the demands they lead to."""
        return [("demands", k.demand) for k in value]


@dataclass(frozen=True, slots=True)
class Counted(Each):
    """Several values that a table counts."""

    def cell(self, value: Any, page: Page) -> object:
        """Return how many there are."""
        return len(value)
