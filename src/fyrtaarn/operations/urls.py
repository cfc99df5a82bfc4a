from django.urls import path

from . import views

app_name = "operations"
urlpatterns = [
    path("drift/", views.standing, name="standing"),
    path("drift/opgaver/<int:pk>/igen/", views.try_again, name="try-again"),
    path(".well-known/security.txt", views.security_text, name="security-text"),
    path("metrics", views.metrics, name="metrics"),
]
