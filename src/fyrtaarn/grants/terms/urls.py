from django.urls import path

from . import views

TERMS = "min/vilkaar/<int:pk>/"

app_name = "terms"
urlpatterns = [
    path(TERMS, views.terms, name="terms"),
    path(f"{TERMS}nyt/", views.add, name="add"),
    path(f"{TERMS}<int:term>/rediger/", views.change, name="change"),
    path(f"{TERMS}<int:term>/fjern/", views.remove, name="remove"),
    path(f"{TERMS}opfoelgning/<int:review>/", views.conclude, name="conclude"),
    path(f"{TERMS}justering/<int:consequence>/svar/", views.answer, name="answer"),
    path(f"{TERMS}justering/<int:consequence>/tag-tilbage/", views.take_back, name="take-back"),
]
