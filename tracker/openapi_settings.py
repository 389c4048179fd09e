"""What the OpenAPI documents are made by; what each of the two says of itself is in `api.schema.documents`."""

from typing import Any

from tracker.lib.citing import Licence


def spectacular(licence: Licence, site_address: str) -> dict[str, Any]:
    """Return the settings of drf-spectacular, under a licence of the data, for the address that people reach."""
    return {
        "OAS_VERSION": "3.1.1",
        "TITLE": "Defence Aid Tracker",
        "VERSION": "1",
        "LICENSE": {"name": licence.name, "url": licence.address},
        "CONTACT": {"name": "Defence Aid Tracker"} | ({"url": f"{site_address}/report/"} if site_address else {}),
        "SERVERS": [{"url": "/", "description": "Where this document is served."}],
        "DEFAULT_GENERATOR_CLASS": "tracker.api.schema.documents.PublicGenerator",
        "SERVE_INCLUDE_SCHEMA": False,
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        "COMPONENT_SPLIT_REQUEST": True,
        "SCHEMA_PATH_PREFIX": "/api/v1",
        # By method; else in the order of the addresses, which the document puts under its tags.
        "SORT_OPERATIONS": lambda endpoint: ("GET", "POST", "PUT", "PATCH", "DELETE").index(endpoint[2]),
        # Headers last: a reader begins with what is asked in the address.
        "SORT_OPERATION_PARAMETERS": lambda parameter: ("path", "query", "header").index(parameter["in"]),
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "tracker.api.schema.spelling.spell_as_3_1",
            "tracker.api.schema.examples.add_examples",
        ],
        # Fields of different records that are called alike, but have choices of their own.
        "ENUM_NAME_OVERRIDES": {
            "AgendaItemStatusEnum": "tracker.models.desk.meetings.AgendaItem.Status",
            "BasisEnum": "tracker.models.desk.platforms.Basis",
            "CauseEnum": "tracker.models.review.change_sets.ChangeSet.Cause",
            "ChangeSetStatusEnum": "tracker.models.review.change_sets.ChangeSet.Status",
            "DifferenceEnum": "tracker.models.imports.reconciliation.ReconciliationLine.Cause",
            "DocumentKindEnum": "tracker.models.desk.documents.Document.Kind",
            "ImportCauseEnum": "tracker.models.imports.imports.ImportStep.Cause",
            "ImportStatusEnum": "tracker.models.imports.imports.Import.Status",
            "IncidentKindEnum": "tracker.models.desk.incidents.Incident.Kind",
            "InitiativeKindEnum": "tracker.models.desk.initiatives.Initiative.Kind",
            "InitiativeStatusEnum": "tracker.models.desk.initiatives.Initiative.Status",
            "LabelKindEnum": "tracker.api.desk.import_schema.WITH_ALIASES",
            "SideEnum": "tracker.models.imports.imports.ImportStep.Side",
            "ParticipationStatusEnum": "tracker.models.desk.meetings.Participation.Status",
            "PartyKindEnum": "tracker.models.desk.parties.Party.Kind",
            "MergedSideEnum": "tracker.records.engine.merging.SIDES",
        },
    }
