from django.urls import path

from customers.privacy import unsubscribe_view

urlpatterns = [
    path("unsubscribe/<str:token>/", unsubscribe_view.unsubscribe, name="unsubscribe"),
]
