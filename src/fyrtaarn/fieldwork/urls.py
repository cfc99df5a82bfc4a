from django.urls import path

from .views import figures, learning, offers, stays

FIELDWORK = "<kommune:municipality>/feltarbejde/"
OFFER = f"{FIELDWORK}<int:pk>/"
STAY = f"{FIELDWORK}ophold/<int:pk>/"

app_name = "fieldwork"
urlpatterns = [
    path("feltarbejde/", offers.all_offers, name="all-offers"),
    path("min/feltarbejde/", stays.my_stays, name="mine"),
    path(FIELDWORK, offers.offers, name="offers"),
    path(f"{FIELDWORK}vores/", offers.hosted_offers, name="hosted"),
    path(f"{FIELDWORK}gaester/", stays.guests, name="guests"),
    path(f"{FIELDWORK}gaester/kalender.ics", stays.guests_calendar, name="guests-calendar"),
    path(f"{FIELDWORK}laert/", learning.stories, name="stories"),
    path(f"{FIELDWORK}laert/<int:pk>/", learning.story, name="story"),
    path(f"{FIELDWORK}tal/", figures.figures, name="figures"),
    path(f"{FIELDWORK}ny/", offers.new_offer, name="offer-new"),
    path(OFFER, offers.offer, name="offer"),
    path(f"{OFFER}rediger/", offers.edit_offer, name="offer-edit"),
    path(f"{OFFER}aabn/", offers.open_offer, name="offer-open"),
    path(f"{OFFER}luk/", offers.close_offer, name="offer-close"),
    path(f"{OFFER}perioder/ny/", offers.add_period, name="period-new"),
    path(f"{OFFER}perioder/<int:period>/fjern/", offers.remove_period, name="period-remove"),
    path(f"{OFFER}perioder/<int:period>/ansoeg/", offers.apply, name="apply"),
    path(STAY, stays.stay, name="stay"),
    path(f"{STAY}ja/", stays.accept, name="stay-accept"),
    path(f"{STAY}nej/", stays.decline, name="stay-decline"),
    path(f"{STAY}aflys/", stays.cancel, name="stay-cancel"),
    path(f"{STAY}fremmoede/", stays.attendance, name="stay-attendance"),
    path(f"{STAY}erklaering/", stays.declaration, name="declaration"),
    path(f"{STAY}kalender.ics", stays.calendar, name="stay-calendar"),
    path(f"{STAY}journal/", stays.journal, name="stay-journal"),
    path(f"{STAY}laert/", learning.learned, name="learned"),
    path(f"{STAY}laert/<int:learned>/ja/", learning.agree, name="learned-agree"),
    path(f"{STAY}laert/<int:learned>/tag-tilbage/", learning.take_back, name="learned-take-back"),
]
