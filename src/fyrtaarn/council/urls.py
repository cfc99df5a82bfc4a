from django.urls import path

from .views import advice, meetings, members, minutes, proposals

COUNCIL = "<kommune:municipality>/raad/"
PROPOSAL = f"{COUNCIL}forslag/<int:pk>/"
MEETING = f"{COUNCIL}moeder/<int:pk>/"
ITEM = f"{MEETING}punkter/<int:item>/"
ADVICE = f"{COUNCIL}anbefalinger/<int:pk>/"

app_name = "council"
urlpatterns = [
    path(COUNCIL, members.council, name="council"),
    path(f"{COUNCIL}opret/", members.found, name="council-new"),
    path(f"{COUNCIL}rediger/", members.edit, name="council-edit"),
    path(f"{COUNCIL}medlemmer/", members.members, name="members"),
    path(f"{COUNCIL}medlemmer/<int:pk>/slut/", members.end_term, name="term-end"),
    path(f"{COUNCIL}pladser/ny/", members.add_seat, name="seat-new"),
    path(f"{COUNCIL}pladser/<int:pk>/fjern/", members.abolish_seat, name="seat-abolish"),
    path(f"{COUNCIL}pladser/<int:pk>/medlem/", members.seat_member, name="member-new"),
    path(f"{COUNCIL}aar/", members.this_year, name="this-year"),
    path(f"{COUNCIL}aar/<int:year>/", members.year, name="year"),
    path(f"{COUNCIL}forslag/", proposals.proposals, name="proposals"),
    path(f"{COUNCIL}forslag/nyt/", proposals.propose, name="proposal-new"),
    path(f"{COUNCIL}forslag/brev/<str:token>/", proposals.letter, name="letter"),
    path(PROPOSAL, proposals.proposal, name="proposal"),
    path(f"{PROPOSAL}optag/", proposals.accept, name="proposal-accept"),
    path(f"{PROPOSAL}afvis/", proposals.decline, name="proposal-decline"),
    path(f"{PROPOSAL}tilbage/", proposals.withdraw, name="proposal-withdraw"),
    path(f"{COUNCIL}moeder/", meetings.meetings, name="meetings"),
    path(f"{COUNCIL}moeder.ics", meetings.calendar, name="calendar"),
    path(f"{COUNCIL}moeder/nyt/", meetings.plan, name="meeting-new"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}kalender.ics", meetings.calendar_of_one, name="meeting-calendar"),
    path(f"{MEETING}rediger/", meetings.edit, name="meeting-edit"),
    path(f"{MEETING}indkald/", meetings.call, name="meeting-call"),
    path(f"{MEETING}aflys/", meetings.cancel, name="meeting-cancel"),
    path(f"{MEETING}punkter/nyt/", meetings.add_item, name="item-new"),
    path(f"{ITEM}rediger/", meetings.edit_item, name="item-edit"),
    path(f"{ITEM}fjern/", meetings.remove_item, name="item-remove"),
    path(f"{ITEM}op/", meetings.move_item_up, name="item-up"),
    path(f"{ITEM}papirer/<int:paper>/fjern/", meetings.remove_paper, name="paper-remove"),
    path(f"{MEETING}referat/", minutes.write, name="minutes-write"),
    path(f"{MEETING}referat/<int:number>/", minutes.minutes, name="minutes"),
    path(f"{COUNCIL}anbefalinger/", advice.all_advice, name="all-advice"),
    path(f"{COUNCIL}anbefalinger/ny/", advice.draft, name="advice-new"),
    path(ADVICE, advice.advice, name="advice"),
    path(f"{ADVICE}rediger/", advice.edit, name="advice-edit"),
    path(f"{ADVICE}giv/", advice.give, name="advice-give"),
    path(f"{ADVICE}overdrag/", advice.hand_over, name="advice-hand-over"),
    path(f"{ADVICE}svar/", advice.answer, name="advice-answer"),
    path(f"{ADVICE}siden/", advice.progress, name="advice-progress"),
    path(f"{ADVICE}om/", advice.links, name="links"),
    path(f"{ADVICE}om/<int:listing>/tilfoej/", advice.link, name="link"),
    path(f"{ADVICE}om/<int:listing>/fjern/", advice.unlink, name="unlink"),
]
