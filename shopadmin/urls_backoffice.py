from django.urls import path

from shopadmin.views.mails import mail, mail_retry, mails
from shopadmin.views.store_settings import store_settings

urlpatterns = [
    path("mails/", mails, name="mails"),
    path("mails/<int:pk>/", mail, name="mail"),
    path("mails/<int:pk>/retry/", mail_retry, name="mail_retry"),
    path("settings/", store_settings, name="store_settings"),
]
