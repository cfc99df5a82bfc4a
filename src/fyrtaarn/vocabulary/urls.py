"""The search room: what was asked, and the words that all municipalities share."""

from django.urls import path

from .views import concepts, drafts, questions, topics, transfers

app_name = "vocabulary"
WORDS = "administration/ord/"
TOPICS = "administration/emner/"
urlpatterns = [
    path("soeg/spurgt/", questions.beacon, name="asked"),
    path("administration/soegninger/", questions.questions, name="questions"),
    path(WORDS, concepts.concepts, name="concepts"),
    path(f"{WORDS}nyt/", concepts.new_concept, name="concept-new"),
    path(f"{WORDS}tilfoej/", concepts.add_word, name="add-word"),
    path(f"{WORDS}<int:pk>/", concepts.concept, name="concept"),
    path(f"{WORDS}<int:pk>/saml/", concepts.merge, name="concept-merge"),
    path(f"{WORDS}<int:pk>/del/", concepts.split, name="concept-split"),
    path(f"{WORDS}<int:pk>/traek-tilbage/", concepts.withdraw, name="concept-withdraw"),
    path(f"{WORDS}<int:pk>/hent-tilbage/", concepts.restore, name="concept-restore"),
    path(f"{WORDS}<int:pk>/fortryd/", concepts.undo, name="concept-undo"),
    path(f"{WORDS}<int:pk>/afgoer/", concepts.settle, name="concept-settle"),
    path(f"{WORDS}kladde/", drafts.draft, name="draft"),
    path(f"{WORDS}forslag/", drafts.proposals, name="proposals"),
    path(f"{WORDS}forslag/<int:pk>/", drafts.proposal, name="proposal"),
    path(f"{WORDS}forslag/<int:pk>/tag-tilbage/", drafts.take_back, name="proposal-take-back"),
    path(f"{WORDS}versioner/", drafts.versions, name="versions"),
    path(f"{WORDS}versioner/<int:number>/", drafts.version, name="version"),
    path(f"{WORDS}versioner/<int:number>/tilbage/", drafts.go_back, name="version-go-back"),
    path(f"{WORDS}hent/", transfers.export, name="export"),
    path(f"{WORDS}import/", transfers.upload, name="import"),
    path(f"{WORDS}import/skriv/", transfers.take_in, name="import-take-in"),
    path(TOPICS, topics.topics, name="topics"),
    path(f"{TOPICS}<slug:part>/ny/", topics.new_topic, name="topic-new"),
    path(f"{TOPICS}<slug:part>/<int:pk>/", topics.topic, name="topic"),
    path(f"{TOPICS}<slug:part>/<int:pk>/fjern/", topics.remove_topic, name="topic-remove"),
    path(
        "<kommune:municipality>/administration/soegninger/", questions.municipal_questions, name="municipal-questions"
    ),
]
