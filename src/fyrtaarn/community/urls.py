from django.urls import path

from .views import answers, appointments, districts, fits, introductions, notes

app_name = "community"
BOARD = "<kommune:municipality>/bydele/<slug:slug>/tavle/"
ONE = f"{BOARD}introduktioner/<int:pk>/"
ADMINISTRATION = "<kommune:municipality>/administration/community-managere/"

urlpatterns = [
    path("introduktion/<slug:token>/", answers.letter, name="letter"),
    path("min/introduktioner/", answers.askings, name="askings"),
    path("min/introduktioner/<int:pk>/", answers.asking, name="asking"),
    path("min/introduktioner/<int:pk>/svar/", answers.answer, name="answer"),
    path("min/introduktioner/<int:pk>/kontakt/", answers.show_contact, name="contact"),
    path(ADMINISTRATION, appointments.appointments, name="appointments"),
    path(f"{ADMINISTRATION}ny/", appointments.appoint, name="appoint"),
    path(f"{ADMINISTRATION}<int:pk>/slut/", appointments.end_appointment, name="appointment-end"),
    path("<kommune:municipality>/bydele/", districts.districts, name="districts"),
    path("<kommune:municipality>/bydele/<slug:slug>/", districts.district, name="district"),
    path(f"{BOARD}oensker/", districts.wishes, name="wishes"),
    path(f"{BOARD}oensker/ny/", districts.add_wish, name="wish-new"),
    path(f"{BOARD}oensker/<int:pk>/", districts.follow_wish, name="wish-follow"),
    path(BOARD, introductions.board, name="board"),
    path(f"{BOARD}om-mig/", appointments.about_me, name="about-me"),
    path(f"{BOARD}forslag/", fits.suggestions, name="suggestions"),
    path(f"{BOARD}forslag/lagt-til-side/", fits.aside, name="aside"),
    path(f"{BOARD}forslag/til-side/", fits.set_aside, name="set-aside"),
    path(f"{BOARD}forslag/<int:pk>/tilbage/", fits.bring_back, name="bring-back"),
    path(f"{BOARD}behov-og-tilbud/", fits.listed, name="listed"),
    path(f"{BOARD}behov-og-tilbud/<int:pk>/", fits.fits, name="fits"),
    path(f"{BOARD}noter/", notes.notes, name="notes"),
    path(f"{BOARD}noter/ny/", notes.write_note, name="note-new"),
    path(f"{BOARD}noter/<int:pk>/", notes.note, name="note"),
    path(f"{BOARD}noter/<int:pk>/klaret/", notes.settle_note, name="note-settle"),
    path(f"{BOARD}noter/<int:pk>/slet/", notes.delete_note, name="note-delete"),
    path(f"{BOARD}introduktioner/ny/", introductions.begin, name="introduction-new"),
    path(ONE, introductions.introduction, name="introduction"),
    path(f"{ONE}titel/", introductions.rename, name="introduction-rename"),
    path(f"{ONE}parter/ny/", introductions.add_party, name="party-add"),
    path(f"{ONE}parter/<int:party>/", introductions.write_reason, name="party-reason"),
    path(f"{ONE}parter/<int:party>/fjern/", introductions.remove_party, name="party-remove"),
    path(f"{ONE}slet/", introductions.discard, name="introduction-discard"),
    path(f"{ONE}send/", introductions.send, name="introduction-send"),
    path(f"{ONE}moedtes/", introductions.meet, name="introduction-meet"),
    path(f"{ONE}afslut/", introductions.conclude, name="introduction-conclude"),
    path(f"{ONE}genoptag/", introductions.go_on, name="introduction-go-on"),
    path(f"{ONE}luk/", introductions.withdraw, name="introduction-withdraw"),
    path(f"{ONE}forfra/", introductions.restore, name="introduction-restore"),
    path(f"{ONE}opfoelgning/", introductions.follow_up, name="introduction-follow-up"),
]
