from django.urls import path

from .views import asking, board, cases, growing, public, publishing, settings

app_name = "entrance"
KOMMUNE = "<kommune:municipality>/"
CASE = f"{KOMMUNE}sager/<int:pk>/"
LETTER = f"{KOMMUNE}spoerg/brev/<str:letter>/"
SETTINGS = f"{KOMMUNE}indgang/"

urlpatterns = [
    path("min/spoergsmaal/", asking.mine, name="mine"),
    path("min/spoergsmaal/<int:pk>/", asking.mine_one, name="mine-one"),
    path("min/spoergsmaal/<int:pk>/gro/", growing.mine, name="mine-grow"),
    path("min/spoergsmaal/<int:pk>/journal/", growing.my_journal, name="mine-journal"),
    path("min/spoergsmaal/<int:pk>/<slug:step>/", asking.mine_step, name="mine-step"),
    path(f"{KOMMUNE}spoerg/", asking.ask, name="ask"),
    path(f"{KOMMUNE}spoerg/sendt/", asking.sent_page, name="sent"),
    path(f"{KOMMUNE}spoerg/forslag/", asking.likely_answers, name="likely"),
    path(f"{KOMMUNE}spoerg/hjalp/", asking.helped, name="helped"),
    path(f"{KOMMUNE}spoerg/hvem-svarer/", public.answering, name="answering"),
    path(f"{KOMMUNE}spoerg/hvem-svarer/maaneder/", public.months, name="months"),
    path(f"{KOMMUNE}spoerg/svar/<int:pk>-<slug:slug>/", public.public_answer, name="public-answer"),
    path(LETTER, asking.letter, name="letter"),
    path(f"{LETTER}fil/<int:pk>/", asking.letter_file, name="letter-file"),
    path(f"{LETTER}<slug:step>/", asking.letter_step, name="letter-step"),
    path(f"{KOMMUNE}sager/", board.board, name="board"),
    path(f"{KOMMUNE}sager/tag/", board.take_many, name="take-many"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}send/", cases.send, name="send"),
    path(f"{CASE}tag/", cases.take, name="take"),
    path(f"{CASE}opgave/", cases.give_task, name="give-task"),
    path(f"{CASE}opgave/<int:task>/", cases.finish_task, name="finish-task"),
    path(f"{CASE}saml/", cases.merge, name="merge"),
    path(f"{CASE}skil/", cases.unmerge, name="unmerge"),
    path(f"{CASE}luk/", cases.close, name="close"),
    path(f"{CASE}aabn/", cases.reopen, name="reopen"),
    path(f"{CASE}gro/", growing.of_case, name="grow"),
    path(f"{CASE}journal/", growing.journal, name="journal"),
    path(f"{CASE}kendt/", publishing.known, name="known"),
    path(SETTINGS, settings.settings, name="settings"),
    path(f"{SETTINGS}emner/ny/", settings.topic, name="topic-new"),
    path(f"{SETTINGS}emner/almindelige/", settings.usual_topics, name="topics-usual"),
    path(f"{SETTINGS}emner/<int:pk>/", settings.topic, name="topic"),
    path(f"{SETTINGS}emner/<int:pk>/slut/", settings.end_topic, name="topic-end"),
    path(f"{SETTINGS}kontaktpersoner/ny/", settings.new_contact, name="contact-new"),
    path(f"{SETTINGS}kontaktpersoner/<int:pk>/", settings.contact, name="contact"),
    path(f"{SETTINGS}kontaktpersoner/<int:pk>/slut/", settings.end_contact, name="contact-end"),
    path(f"{SETTINGS}kontaktpersoner/<int:pk>/vaek/", settings.absence, name="absence"),
    path(f"{SETTINGS}vaek/<int:pk>/fjern/", settings.remove_absence, name="absence-remove"),
    path(f"{SETTINGS}svar/ny/<int:department>/", settings.new_answer, name="answer-new"),
    path(f"{SETTINGS}svar/<int:pk>/", settings.answer, name="answer"),
    path(f"{SETTINGS}til-alle/ny/<int:department>/", publishing.new, name="public-answer-new"),
    path(f"{SETTINGS}til-alle/<int:pk>/", publishing.change, name="public-answer-change"),
    path(f"{SETTINGS}til-alle/<int:pk>/udgiv/", publishing.publish, name="public-answer-publish"),
    path(f"{SETTINGS}til-alle/<int:pk>/traek/", publishing.withdraw, name="public-answer-withdraw"),
]
