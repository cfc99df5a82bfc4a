from django.urls import path

from . import views

app_name = "applications"
MINE = "min/ansoegninger/"
ONE = f"{MINE}<int:pk>/"
QUEUE = "<kommune:municipality>/ansoegninger/"
HANDLED = f"{QUEUE}<int:pk>/"

urlpatterns = [
    path(MINE, views.mine, name="mine"),
    path(f"{MINE}ny/<int:pk>/", views.begin, name="begin"),
    path(ONE, views.application, name="application"),
    path(f"{ONE}skriv/<slug:step>/", views.step, name="step"),
    path(f"{ONE}tjek/", views.check, name="check"),
    path(f"{ONE}send/", views.send, name="send"),
    path(f"{ONE}kvittering/", views.receipt, name="receipt"),
    path(f"{ONE}traek/", views.withdraw, name="withdraw"),
    path(f"{ONE}genoptag/", views.reopen, name="reopen"),
    path(f"{ONE}flyt/", views.carry_over, name="carry-over"),
    path(f"{ONE}svar/<int:question>/", views.answer, name="answer"),
    path(f"{ONE}filer/", views.files, name="files"),
    path(f"{ONE}filer/fjern/", views.remove, name="remove-file"),
    path(QUEUE, views.queue, name="queue"),
    path(HANDLED, views.handled, name="handled"),
    path(f"{HANDLED}spoerg/", views.ask, name="ask"),
    path(f"{HANDLED}retur/", views.give_back, name="return"),
]
