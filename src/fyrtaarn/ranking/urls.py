"""Examples and the preview, within the search room."""

from django.urls import path

from . import views

app_name = "ranking"
urlpatterns = [
    path("administration/ord/proev/", views.try_out, name="preview"),
    path("administration/ord/eksempler/", views.examples, name="examples"),
    path("administration/ord/eksempler/<int:pk>/", views.example, name="example"),
    path("administration/ord/eksempler/<int:pk>/fjern/", views.remove, name="example-remove"),
]
