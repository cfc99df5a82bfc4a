from django.urls import path

from . import views

app_name = "foundation"
urlpatterns = [
    path("min/beskeder/", views.notices, name="notices"),
    path("min/beskeder/laest/", views.read_all_notices, name="notices-read"),
    path("min/beskeder/<int:pk>/aabn/", views.open_notice, name="notice-open"),
    path("min/beskeder/<int:pk>/laest/", views.read_notice, name="notice-read"),
    path("filer/<uuid:key>/<str:name>", views.file, name="file"),
]
