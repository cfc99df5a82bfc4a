from django.urls import path

from .views import mine, officer

app_name = "privacy"
START = "<kommune:municipality>/administration/persondata/"
urlpatterns = [
    path("min/data/", mine.mine, name="mine"),
    path("min/data/kopi/", mine.ask_for_copy, name="copy-ask"),
    path("min/data/kopi/<uuid:key>/", mine.fetch_copy, name="copy-fetch"),
    path("min/data/slet/", mine.erase, name="erase"),
    path("min/data/fortryd/", mine.call_back, name="call-back"),
    path(START, officer.processing, name="processing"),
    path(f"{START}opbevaring/", officer.due, name="due"),
    path(f"{START}opbevaring/arkiv/", officer.decide, name="decide"),
    path(f"{START}aktindsigt/", officer.requests, name="requests"),
    path(f"{START}aktindsigt/person/<int:pk>/", officer.ask_about_person, name="register-person"),
    path(f"{START}aktindsigt/organisation/<int:pk>/", officer.ask_about_organisation, name="register-organisation"),
    path(f"{START}aktindsigt/<uuid:key>/", officer.fetch_register, name="register-fetch"),
]
