from django.urls import path

from .views import mine

app_name = "privacy"
urlpatterns = [
    path("min/data/", mine.mine, name="mine"),
    path("min/data/kopi/", mine.ask_for_copy, name="copy-ask"),
    path("min/data/kopi/<uuid:key>/", mine.fetch_copy, name="copy-fetch"),
    path("min/data/slet/", mine.erase, name="erase"),
    path("min/data/fortryd/", mine.call_back, name="call-back"),
]
