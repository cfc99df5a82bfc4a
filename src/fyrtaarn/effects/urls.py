from django.urls import path

from .views import catalogue, plans

app_name = "effects"
PLAN = "min/effekt/<int:pk>/"

urlpatterns = [
    path("effekt/", catalogue.catalogue, name="catalogue"),
    path("effekt/<slug:key>/", catalogue.indicator, name="indicator"),
    path("effekt/<slug:key>/<int:number>/", catalogue.indicator, name="indicator-version"),
    path("min/effekt/", plans.mine, name="plans"),
    path("min/effekt/ny/", plans.begin, name="plan-begin"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}hvad/", plans.around, name="plan-around"),
    path(f"{PLAN}virkninger/", plans.outcomes, name="plan-outcomes"),
    path(f"{PLAN}virkninger/<int:planned>/", plans.indicators, name="plan-indicators"),
    path(f"{PLAN}maal/<slug:key>/", plans.indicator, name="plan-indicator"),
    path(f"{PLAN}fjern/<int:planned>/", plans.remove_indicator, name="plan-indicator-remove"),
    path(f"{PLAN}aerligt/", plans.honest, name="plan-honest"),
    path("<kommune:municipality>/effekt/", catalogue.wanted, name="wanted"),
    path("<kommune:municipality>/administration/effekt/", catalogue.choose_wanted, name="wanted-choose"),
]
