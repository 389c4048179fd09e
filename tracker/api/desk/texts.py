"""Texts of documents on the desk: what is held, the whole text, bringing one, and what one says of its document."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.imports import UploadParser
from tracker.api.desk.schema import CHANGE_SET, CURSOR, LIMIT, LOCATION, PUBLIC_ID_IN_PATH, page_of
from tracker.api.protocol.parameters import check_parameters
from tracker.api.protocol.renderers import JSONParser
from tracker.api.schema.base import Schema, action_of
from tracker.curation.desk.texts import Reading, take_in
from tracker.exchange.inbound.articles import MAX_ARTICLE_BYTES, Article, proposed, read_article
from tracker.exchange.inbound.workbook_types import MIB, FileRefused
from tracker.models import Document, Text
from tracker.records.engine.strict import refuse_unknown
from tracker.reporting.shelf.paging import Order


class TextSerializer(serializers.ModelSerializer):
    """A text that the desk holds, without what it says."""

    id = serializers.IntegerField()
    document = serializers.CharField(source="document.public_id")
    added_by = serializers.CharField(source="added_by.username", allow_null=True, default=None)

    class Meta:
        model = Text
        fields: tuple[str, ...] = (
            "id", "document", "version", "sha256", "characters", "language", "tool", "tool_version", "read_on",
            "added_by",
        )  # fmt: skip


class WholeTextSerializer(TextSerializer):
    """A text that the desk holds, with what it says."""

    class Meta(TextSerializer.Meta):
        fields = (*TextSerializer.Meta.fields, "content")


class BroughtSerializer(serializers.Serializer):
    """A text that is brought: as a file, or as the content itself."""

    file = serializers.FileField(
        required=False, help_text=f"A web page, a PDF or a text in UTF-8, of at most {MAX_ARTICLE_BYTES // MIB} MiB."
    )
    content = serializers.CharField(
        required=False, trim_whitespace=False, help_text="The text or the HTML itself, where no file is sent."
    )
    url = serializers.URLField(
        required=False, allow_blank=True, max_length=1000, help_text="Where it was read; tells publisher and tier."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Read what was brought; raises ValidationError unless there is one text that can be read."""
        if ("file" in attrs) == ("content" in attrs):
            raise serializers.ValidationError({"content": [_("Send a file or the content, one of the two.")]})
        file = attrs.get("file")
        if file is not None and (file.size or 0) > MAX_ARTICLE_BYTES:
            raise serializers.ValidationError({"file": [_("At most %s MiB are read.") % (MAX_ARTICLE_BYTES // MIB)]})
        content = file.read() if file is not None else attrs["content"].encode("utf-8", "surrogatepass")
        try:
            attrs["article"] = read_article(content, file.name if file is not None else "content")
        except FileRefused as error:
            raise serializers.ValidationError({"content" if file is None else "file": [str(error)]}) from error
        return attrs


class ProposalSerializer(serializers.Serializer):
    """What a text says of its document, and which documents say its hash."""

    document = serializers.DictField(
        child=serializers.CharField(),
        help_text="Fields of a new document, to be checked; what is not known is left out.",
    )
    sha256 = serializers.CharField()
    characters = serializers.IntegerField()
    text = serializers.CharField(help_text="What was taken out; nothing of it is stored.")
    known = serializers.ListField(child=serializers.CharField(), help_text="Ids of documents that say this hash.")


class TextSchema(Schema):
    """Describes the desk's endpoints of texts."""

    def get_override_parameters(self) -> list[Any]:
        """Return what the operation takes besides its body."""
        return {
            "list": [PUBLIC_ID_IN_PATH, LIMIT, CURSOR], "create": [PUBLIC_ID_IN_PATH, CHANGE_SET, LOCATION],
            "retrieve": [], "proposal": [],
        }[action_of(self.view)]  # fmt: skip

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        action = action_of(self.view)
        if action == "list":
            return {200: page_of(self.resolve_serializer(TextSerializer(), "response").ref)}
        return {
            "create": {200: TextSerializer, 201: TextSerializer}, "retrieve": {200: WholeTextSerializer},
            "proposal": {200: ProposalSerializer},
        }[action]  # fmt: skip


class TextDesk(DeskView):
    """The texts of documents. Nobody changes or removes one: a new reading is a new version."""

    permission_model = Text
    parser_classes = (JSONParser, UploadParser)
    schema = TextSchema()
    verbs = DeskView.verbs | {"proposal": "view"}
    problems = {"create": (409,)}

    def list(self, request: Request, public_id: str) -> Response:
        """List the texts that are held of a document, the first version first, without what they say."""
        check_parameters(request, ("limit", "cursor"))
        held = Text.objects.without_content().filter(document=_document(public_id))
        rows, around = self.page(
            held.select_related("document", "added_by"), {"version": Order("version")}, "version", "version"
        )
        return self.answer(around | {"results": TextSerializer(rows, many=True).data})

    @extend_schema(request=BroughtSerializer)
    def create(self, request: Request, public_id: str) -> Response:
        """Take in the text of a document: 201 where it is a new version, 200 where it is held already."""
        document = _document(public_id)
        article = self._brought()
        taken = take_in(
            document=document, reading=Reading(article.text, article.tool, article.tool_version, article.language),
            by=self.user, at=timezone.now(), change_set=self.asked_change_set(),
        )  # fmt: skip
        address = request.build_absolute_uri(f"/api/v1/desk/texts/{taken.text.pk}/")
        code = status.HTTP_201_CREATED if taken.is_new else status.HTTP_200_OK
        return self.answer(TextSerializer(taken.text).data, code, Location=address)

    def retrieve(self, request: Request, number: int) -> Response:
        """Return one text whole."""
        check_parameters(request, ())
        text = Text.objects.select_related("document", "added_by").filter(pk=number).first()
        if text is None:
            raise NotFound(_("There is no text #%s.") % number)
        return self.answer(WholeTextSerializer(text).data)

    @extend_schema(request=BroughtSerializer)
    def proposal(self, request: Request) -> Response:
        """Say what a text says of its document: name, publisher, date, language, tier. Nothing is stored."""
        check_parameters(request, ())
        article = self._brought()
        address = request.data.get("url", "") if isinstance(request.data, dict) else ""
        known = Document.objects.filter(sha256=article.sha256).order_by("public_id")
        return self.answer(
            {
                "document": proposed(article, address), "sha256": article.sha256,
                "characters": len(article.text), "text": article.text,
                "known": list(known.values_list("public_id", flat=True)),
            }
        )  # fmt: skip

    def _brought(self) -> Article:
        """Return the text of the body; raises ValidationError where it is not right."""
        check_parameters(self.request, ("change_set",))
        serializer = BroughtSerializer(data=self.request.data)
        refuse_unknown(serializer, self.request.data)
        if not isinstance(self.request.data, dict):
            raise ValidationError(_("Write an object."))
        serializer.is_valid(raise_exception=True)
        article: Article = serializer.validated_data["article"]
        return article


def _document(public_id: str) -> Document:
    document = Document.named(public_id)
    if document is None:
        raise NotFound(_("There is no document “%s”.") % public_id[:100])
    return document
