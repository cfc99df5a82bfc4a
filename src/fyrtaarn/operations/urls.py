from django.urls import path

from . import views

app_name = "operations"
urlpatterns = [
    path("drift/", views.standing, name="standing"),
    path("drift/opgaver/<int:pk>/igen/", views.try_again, name="try-again"),
    path("metrics", views.metrics, name="metrics"),
]
