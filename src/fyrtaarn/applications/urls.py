from django.urls import path

from . import views

app_name = "applications"
MINE = "min/ansoegninger/"
ONE = f"{MINE}<int:pk>/"
QUEUE = "<kommune:municipality>/ansoegninger/"

urlpatterns = [
    path(MINE, views.mine, name="mine"),
    path(ONE, views.application, name="application"),
    path(f"{ONE}kvittering/", views.receipt, name="receipt"),
    path(f"{QUEUE}<int:pk>/", views.handled, name="handled"),
]
