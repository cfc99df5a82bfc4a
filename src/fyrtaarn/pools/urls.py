from django.urls import include, path

from fyrtaarn.ledger.urls import books_at

from .views import books, calls, contributions, duties, money, own, pools, public, rules, years

POOLS = "<kommune:municipality>/puljer/"
POOL = f"{POOLS}<slug:slug>/"
MANAGE = f"{POOL}styring/"
GIVEN = f"{MANAGE}bidrag/"
OWN = "min/bidrag/"
CALL = f"{MANAGE}indkaldelser/<int:number>/"

app_name = "pools"
urlpatterns = [
    path(OWN, own.given, name="given"),
    path(f"{OWN}<int:pk>/bekraeft/", own.confirm, name="contribution-confirm"),
    path(f"{OWN}rater/<int:pk>/betalt/", own.say_paid, name="part-say-paid"),
    path(f"{OWN}rater/<int:pk>/ikke-betalt/", own.take_word_back, name="part-take-word-back"),
    path(POOLS, public.pools, name="pools"),
    path(f"{POOLS}ny/", pools.new_pool, name="pool-new"),
    path(POOL, public.pool, name="pool"),
    path(f"{POOL}indkaldelser/<int:number>/", public.call, name="call"),
    path(f"{POOL}regler/<int:number>/", public.rules_version, name="rules"),
    path(f"{POOL}penge/", money.money, name="money"),
    path(f"{POOL}aarsregnskab/<int:year>/", money.account, name="account"),
    path(f"{POOL}aarsregnskab/<int:year>/pdf/", money.account_pdf, name="account-pdf"),
    path(f"{POOL}regnskab/", include(books_at(books.book_of, "pools"))),
    path(MANAGE, pools.manage, name="manage"),
    path(f"{MANAGE}rediger/", pools.edit_pool, name="pool-edit"),
    path(f"{MANAGE}aabn/", pools.open_pool, name="pool-open"),
    path(f"{MANAGE}luk/", pools.close_pool, name="pool-close"),
    path(f"{MANAGE}regler/begynd/", rules.begin, name="rules-begin"),
    path(f"{MANAGE}regler/<int:number>/", rules.edit, name="rules-edit"),
    path(f"{MANAGE}regler/<int:number>/saet-i-kraft/", rules.bring_into_force, name="rules-force"),
    path(f"{MANAGE}regler/<int:number>/kasser/", rules.discard, name="rules-discard"),
    path(f"{MANAGE}indkaldelser/ny/", calls.new_call, name="call-new"),
    path(f"{CALL}rediger/", calls.edit_call, name="call-edit"),
    path(f"{CALL}offentliggoer/", calls.publish, name="call-publish"),
    path(f"{CALL}forlaeng/", calls.extend, name="call-extend"),
    path(f"{CALL}afslut/", calls.settle, name="call-settle"),
    path(f"{CALL}aflys/", calls.call_off, name="call-off"),
    path(GIVEN, contributions.contributions, name="contributions"),
    path(f"{GIVEN}ny/", contributions.add, name="contributor-new"),
    path(f"{GIVEN}<int:pk>/", contributions.decide, name="contribution-new"),
    path(f"{GIVEN}<int:pk>/ud/", contributions.leave, name="contributor-leave"),
    path(f"{GIVEN}aar/<int:pk>/ret/", contributions.correct, name="contribution-correct"),
    path(f"{GIVEN}rater/<int:pk>/betalt/", contributions.pay, name="part-pay"),
    path(f"{GIVEN}rater/<int:pk>/ikke-betalt/", contributions.take_back, name="part-take-back"),
    path(f"{GIVEN}rater/<int:pk>/forfald/", contributions.move, name="part-move"),
    path(f"{MANAGE}opgaver/", duties.duties, name="duties"),
    path(f"{MANAGE}opgaver/ny/", duties.give, name="duty-new"),
    path(f"{MANAGE}opgaver/<int:pk>/slut/", duties.end, name="duty-end"),
    path(f"{MANAGE}aar/", years.years, name="years"),
    path(f"{MANAGE}aar/<int:year>/afslut/", years.close, name="year-close"),
    path(f"{MANAGE}aar/tilbage/<int:pk>/", years.note_returned, name="share-return"),
]
