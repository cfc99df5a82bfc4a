from django.urls import path

from . import views

app_name = "agreements"
urlpatterns = [
    path("samarbejder/", views.public_agreements, name="agreements"),
    path("samarbejder/<int:pk>/", views.agreement, name="agreement"),
    path("samarbejder/<int:pk>/rediger/", views.edit, name="agreement-edit"),
    path("samarbejder/<int:pk>/udskriv/", views.printed, name="agreement-print"),
    path("samarbejder/<int:pk>/journal/", views.journal, name="agreement-journal"),
    path("samarbejder/<int:pk>/tekster/", views.wordings, name="wordings"),
    path("samarbejder/<int:pk>/parter/", views.parties, name="parties"),
    path("samarbejder/<int:pk>/parter/tilfoej/", views.add_party, name="party-add"),
    path("samarbejder/<int:pk>/parter/<int:party>/fjern/", views.remove_party, name="party-remove"),
    path("samarbejder/<int:pk>/parter/<int:party>/kontakt/", views.contact, name="party-contact"),
    path("samarbejder/<int:pk>/foreslaa/", views.propose, name="agreement-propose"),
    path("samarbejder/<int:pk>/aendring/", views.change, name="agreement-change"),
    path("samarbejder/<int:pk>/tekster/<int:wording>/ja/", views.accept, name="wording-accept"),
    path("samarbejder/<int:pk>/tekster/<int:wording>/nej/", views.decline, name="wording-decline"),
    path("samarbejder/<int:pk>/tekster/<int:wording>/tilbage/", views.take_back, name="wording-take-back"),
    path("samarbejder/<int:pk>/opgiv/", views.drop, name="agreement-drop"),
    path("samarbejder/<int:pk>/genoptag/", views.resume, name="agreement-resume"),
    path("samarbejder/<int:pk>/skjul/", views.hide, name="agreement-hide"),
    path("samarbejder/<int:pk>/status/", views.status, name="status"),
    path("samarbejder/<int:pk>/opfoelgning/", views.plan_review, name="review-plan"),
    path("samarbejder/<int:pk>/opfoelgning/<int:review>/", views.hold_review, name="review-hold"),
    path("samarbejder/<int:pk>/opfoelgning/<int:review>/fjern/", views.cancel_review, name="review-cancel"),
    path("samarbejder/<int:pk>/afslut/", views.close, name="agreement-close"),
    path("min/samarbejder/", views.my_agreements, name="mine"),
    path("min/samarbejder/ny/", views.begin, name="agreement-new"),
    path("<kommune:municipality>/samarbejder/", views.municipal_agreements, name="municipal-agreements"),
]
