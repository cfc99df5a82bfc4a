from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("min/dialoger/", views.meetings, name="meetings"),
    path("min/dialoger/ny/", views.open_meeting, name="meeting-new"),
    path("min/dialoger/<int:pk>/", views.meeting, name="meeting"),
    path("min/dialoger/<int:pk>/journal/", views.journal, name="meeting-journal"),
    path("min/dialoger/<int:pk>/nye/", views.newer_messages, name="messages-newer"),
    path("min/dialoger/<int:pk>/laest/", views.mark_read, name="meeting-read"),
    path("min/dialoger/<int:pk>/ja/", views.accept, name="meeting-accept"),
    path("min/dialoger/<int:pk>/nej/", views.decline, name="meeting-decline"),
    path("min/dialoger/<int:pk>/slut/", views.end, name="meeting-end"),
    path("min/dialoger/<int:pk>/igen/", views.open_again, name="meeting-again"),
]
