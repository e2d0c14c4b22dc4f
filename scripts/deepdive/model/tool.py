"""``kind: tools``: software, services, devices and specifications that readers choose between."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field

from deepdive.model.licence import check_licence
from deepdive.model.row import (
    Address,
    Advice,
    Aliases,
    Date,
    Id,
    PaperId,
    PartialDate,
    Purl,
    Row,
    Text,
    ToolId,
    fault,
)
from deepdive.model.vocabulary import (
    ENDED,
    AcceleratorFamily,
    FileFormat,
    Governance,
    Interface,
    Language,
    Openness,
    Platform,
    Status,
    ToolType,
)  # fmt: skip

_REPO = re.compile(r"(github|gitlab|codeberg|gitcode):[\w.-]+(/[\w.-]+)+|huggingface:[\w.-]+(/[\w.-]+)?|https://\S+")
_FORGES = {
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "codeberg": "https://codeberg.org/",
    "gitcode": "https://gitcode.com/",
    "huggingface": "https://huggingface.co/",
}


def _repo(value: str) -> str:
    if not _REPO.fullmatch(value):
        raise fault(
            "bad-repo",
            f"'{value}' is not a repository.",
            "write github:owner/name (gitlab, codeberg, gitcode, huggingface likewise), or an https address.",
        )
    return value


Repo = Annotated[
    str, AfterValidator(_repo), Field(title="Repository", json_schema_extra={"pattern": f"^({_REPO.pattern})$"})
]
Licence = Annotated[str, AfterValidator(check_licence), Field(title="Licence")]


# What checks ask of several fields at once, as far as a schema can say it: editors and forms ask it too.
_TOGETHER: dict[str, Any] = {
    "anyOf": [{"required": ["homepage"]}, {"required": ["repo"]}, {"required": ["docs"]}],
    "if": {"properties": {"status": {"not": {"const": "active"}}}, "required": ["status"]},
    "then": {"required": ["status_since"]},
}


class Tool(Row):
    """One tool. ``alternatives`` are symmetric: one side is enough."""

    model_config = ConfigDict(json_schema_extra=_TOGETHER)

    name: Annotated[Text, Field(max_length=60, title="Name")]
    aliases: Aliases = ()
    summary: Annotated[Text, Field(min_length=20, max_length=160, title="Summary")]
    category: Annotated[Id, Field(title="Category", description="An id of docs/reference/taxonomy.yml.")]
    also_in: Annotated[tuple[Id, ...], Field(max_length=3, title="Also in")] = ()
    type: Annotated[ToolType, Field(title="Type")]
    homepage: Address | None = Field(default=None, title="Homepage")
    repo: Repo | None = None
    path: Annotated[Text | None, Field(title="Folder in the repository")] = None
    docs: Address | None = Field(default=None, title="Documentation")
    paper: Annotated[PaperId | None, Field(title="Paper")] = None
    packages: Annotated[tuple[Purl, ...], Field(title="Packages")] = ()
    openness: Annotated[Openness, Field(title="Openness")]
    license: Licence
    owner: Annotated[Text, Field(max_length=60, title="Owner")]
    governance: Governance | None = Field(default=None, title="Governance")
    languages: Annotated[
        tuple[Language, ...],
        Field(
            title="Languages",
            description="Languages of a tenth of its own code or more.",
        ),
    ] = ()
    platforms: Annotated[
        tuple[Platform, ...],
        Field(
            title="Platforms",
            description="Where its makers publish packages for it, or document running it.",
        ),
    ] = ()
    accelerators: Annotated[
        tuple[AcceleratorFamily, ...],
        Field(
            title="Accelerators",
            description="Processors that its makers document it to compute on in a release, experimental ones included.",
        ),
    ] = ()
    formats: Annotated[
        tuple[FileFormat, ...],
        Field(
            title="Formats",
            description="Files that it reads or writes itself, its own converters included.",
        ),
    ] = ()
    interfaces: Annotated[
        tuple[Interface, ...],
        Field(
            title="Interfaces",
            description="Ways to use it that its makers publish and document; not those of others, hidden or planned.",
        ),
    ] = ()
    status: Annotated[Status, Field(title="Status")]
    status_since: Date | None = Field(default=None, title="Status since")
    successor: Annotated[ToolId | None, Field(title="Successor")] = None
    alternatives: Annotated[tuple[ToolId, ...], Field(title="Alternatives")] = ()
    works_with: Annotated[tuple[ToolId, ...], Field(title="Works with")] = ()
    built_on: Annotated[tuple[ToolId, ...], Field(title="Built on")] = ()
    part_of: Annotated[ToolId | None, Field(title="Part of")] = None
    use_when: Annotated[tuple[Advice, ...], Field(min_length=1, max_length=3, title="Use it when")]
    avoid_when: Annotated[tuple[Advice, ...], Field(min_length=1, max_length=3, title="Avoid it when")]
    first_release: Annotated[PartialDate | None, Field(title="First release")] = None

    @property
    def ended(self) -> bool:
        """Whether the row is shown as no longer a choice."""
        return self.status in ENDED

    @property
    def repo_url(self) -> str | None:
        """The repository's address."""
        if self.repo is None or self.repo.startswith("https://"):
            return self.repo
        forge, _, slug = self.repo.partition(":")
        url = _FORGES[forge] + slug
        if self.path and forge == "github":
            url += f"/tree/HEAD/{self.path}"
        return url
