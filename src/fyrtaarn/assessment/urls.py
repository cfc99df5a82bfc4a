from django.urls import path

from .views import assessing, boards, managing

MINE = "min/vurderinger/<int:pk>/"
PLACE = "<kommune:municipality>/vurderinger/"
CALL = f"{PLACE}<int:pk>/"
APPLICATION = f"{PLACE}ansoegning/<int:pk>/"

app_name = "assessment"
urlpatterns = [
    path("min/vurderinger/", assessing.mine, name="mine"),
    path(MINE, assessing.assignment, name="assignment"),
    path(f"{MINE}klar/", assessing.clear, name="clear"),
    path(f"{MINE}inhabil/", assessing.conflict, name="conflict"),
    path(f"{MINE}ret/", assessing.reopen, name="reopen"),
    path(f"{MINE}bemaerkning/", assessing.remark, name="assessor-remark"),
    path(PLACE, boards.calls, name="calls"),
    path(CALL, boards.board, name="board"),
    path(f"{CALL}fordel/", managing.spread, name="spread"),
    path(APPLICATION, managing.application, name="application"),
    path(f"{APPLICATION}vaelg/", managing.assign, name="assign"),
    path(f"{APPLICATION}fritag/<int:assignment>/", managing.release, name="release"),
    path(f"{APPLICATION}bemaerkning/", managing.remark, name="remark"),
    path(f"{APPLICATION}afslut/", managing.close, name="close"),
]
