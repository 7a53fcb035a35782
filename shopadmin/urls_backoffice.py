from django.urls import path

from shopadmin.mail.content_views import mail_attachment, mail_html
from shopadmin.mail.preview_views import mail_preview, mail_preview_html, mail_previews
from shopadmin.mail.views import mail, mail_retry, mail_test, mails
from shopadmin.search.views import search_everywhere
from shopadmin.shortcuts.views import shortcuts, shortcuts_single_keys
from shopadmin.staff_log.views import staff_log
from shopadmin.store.settings_views import settings_section, store_settings

urlpatterns = [
    path("search/", search_everywhere, name="search_everywhere"),
    path("shortcuts/", shortcuts, name="shortcuts"),
    path("shortcuts/single-keys/", shortcuts_single_keys, name="shortcuts_single_keys"),
    path("mails/", mails, name="mails"),
    path("mails/previews/", mail_previews, name="mail_previews"),
    path("mails/previews/<slug:name>/<slug:language>/", mail_preview, name="mail_preview"),
    path("mails/previews/<slug:name>/<slug:language>/html/", mail_preview_html, name="mail_preview_html"),
    path("mails/<int:pk>/", mail, name="mail"),
    path("mails/<int:pk>/html/", mail_html, name="mail_html"),
    path("mails/<int:pk>/attachments/<int:position>/", mail_attachment, name="mail_attachment"),
    path("mails/<int:pk>/retry/", mail_retry, name="mail_retry"),
    path("staff-log/", staff_log, name="staff_log"),
    path("settings/emails/test/", mail_test, name="mail_test"),
    path("settings/", store_settings, name="store_settings"),
    path("settings/<slug:slug>/", settings_section, name="settings_section"),
]
