from django.urls import path

from .views import challenges, mine, solutions, stakeholders, wizard

app_name = "portal"
KOMMUNE = "<kommune:municipality>/"
CHALLENGE = f"{KOMMUNE}udfordringer/<int:pk>/"
SOLUTION = "min/loesninger/<int:pk>/"

urlpatterns = [
    path("min/udfordringer/", mine.challenges, name="my-challenges"),
    path("min/loesninger/", mine.solutions, name="my-solutions"),
    path("min/loesninger/ny/", solutions.new, name="solution-new"),
    path(f"{SOLUTION}rediger/", solutions.edit, name="solution-edit"),
    path(f"{SOLUTION}udgiv/", solutions.publish, name="solution-publish"),
    path(f"{SOLUTION}traek-tilbage/", solutions.withdraw, name="solution-withdraw"),
    path(f"{SOLUTION}bekraeft/", solutions.confirm, name="solution-confirm"),
    path(f"{SOLUTION}kopier/", solutions.copy, name="solution-copy"),
    path(f"{SOLUTION}slet/", solutions.delete, name="solution-delete"),
    path(f"{SOLUTION}gendan/", solutions.restore, name="solution-restore"),
    path("loesninger/<int:pk>-<slug:slug>/", solutions.page, name="solution"),
    path("organisationer/<slug:slug>/", stakeholders.organisation, name="organisation"),
    path(f"{KOMMUNE}udfordringer/ny/", wizard.new, name="challenge-new"),
    path(f"{CHALLENGE}rediger/", wizard.step, {"step": "situation"}, name="challenge-edit"),
    path(f"{CHALLENGE}rediger/rammer/", wizard.step, {"step": "frame"}, name="challenge-frame"),
    path(f"{CHALLENGE}rediger/gennemse/", wizard.step, {"step": "review"}, name="challenge-review"),
    path(f"{CHALLENGE}trin/<slug:step>/", challenges.take_step, name="challenge-step"),
    path(f"{CHALLENGE}afslut/<slug:step>/", challenges.end, name="challenge-end"),
    path(f"{CHALLENGE}forlad/<int:department>/", challenges.leave, name="challenge-leave"),
    path(f"{CHALLENGE}slet/", challenges.delete, name="challenge-delete"),
    path(f"{CHALLENGE}gendan/", challenges.restore, name="challenge-restore"),
    path(f"{KOMMUNE}udfordringer/<int:pk>-<slug:slug>/", challenges.page, name="challenge"),
    path(f"{KOMMUNE}forvaltninger/", stakeholders.departments, name="departments"),
    path(f"{KOMMUNE}forvaltninger/<slug:slug>/", stakeholders.department, name="department"),
]
