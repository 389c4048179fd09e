"""Addresses."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from tracker.admin.site.admin_site import site
from tracker.api.protocol.error_handlers import no_such_address
from tracker.api.schema.documents import DeskGenerator
from tracker.api.schema.view import SchemaView
from tracker.web.short_links import short_link
from tracker.web.sitemap import robots, sitemaps


def reference(url_name: str) -> Any:
    """Return the page on which every operation of a document can be tried.

    It sets styles in place; its scripts come from here.
    """
    page = SpectacularSwaggerSplitView.as_view(url_name=url_name, authentication_classes=[])
    return csp_update({"style-src": [SELF, UNSAFE_INLINE]})(page)


MAPS = sitemaps()

urlpatterns = [
    path("s/<str:letters>", short_link, name="short-link"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": MAPS, "sitemap_url_name": "sitemap-of"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": MAPS}, name="sitemap-of"),
    path("admin/", site.urls),
    path("api/v1/", include("tracker.api.urls")),
    path("api/v1/desk/", include("tracker.api.desk.urls")),
    path("api/v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", reference("api-schema"), name="api-docs"),
    path("api/v1/desk/schema/", SchemaView.as_view(generator_class=DeskGenerator), name="desk-schema"),
    path("api/v1/desk/docs/", reference("desk-schema"), name="desk-docs"),
    path("api/", RedirectView.as_view(pattern_name="api")),
    re_path("^api/", no_such_address),
    *i18n_patterns(path("", include("tracker.web.urls")), prefix_default_language=False),
]

handler400 = "tracker.api.protocol.error_handlers.bad_request"
handler404 = "tracker.api.protocol.error_handlers.not_found"
handler500 = "tracker.api.protocol.error_handlers.server_error"
