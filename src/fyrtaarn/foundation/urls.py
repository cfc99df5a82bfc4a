from django.urls import path

from . import views

app_name = "foundation"
urlpatterns = [
    path("filer/<uuid:key>/<str:name>", views.file, name="file"),
]
