from django.urls import path

from customers.privacy import unsubscribe_view
from customers.privacy.archive import link_views as archive_link_views

urlpatterns = [
    path("privacy/copy/", archive_link_views.archive_ask, name="archive_ask"),
    path("privacy/copy/sent/", archive_link_views.archive_asked, name="archive_asked"),
    path("privacy/copy/<str:token>/", archive_link_views.archive_by_link, name="archive_by_link"),
    path("privacy/copy/<str:token>/notes/", archive_link_views.archive_by_link_notes, name="archive_by_link_notes"),
    path("unsubscribe/<str:token>/", unsubscribe_view.unsubscribe, name="unsubscribe"),
]
