from django.urls import path

from .views import aid_values, grants, money, payments, public, steps

GRANT = "min/bevillinger/<int:pk>/"
CHANGE = f"{GRANT}aendring/<int:change>/"
REPORT = f"{GRANT}rapport/<int:report>/"
DEMAND = f"{GRANT}tilbagebetaling/<int:demand>/"
OFFICE = "<kommune:municipality>/bevillinger/"
AID = "<kommune:municipality>/administration/statsstoette/"

app_name = "grants"
urlpatterns = [
    path("min/bevillinger/", grants.mine, name="mine"),
    path(GRANT, grants.grant, name="grant"),
    path(f"{GRANT}plan/", grants.plan, name="plan"),
    path(f"{GRANT}afslut/", grants.complete, name="complete"),
    path(f"{GRANT}stop/", grants.end, name="end"),
    path(f"{GRANT}aendring/", grants.new_change, name="change-new"),
    path(f"{CHANGE}svar/", grants.answer_change, name="change-answer"),
    path(f"{CHANGE}tag-tilbage/", grants.withdraw_change, name="change-withdraw"),
    path(f"{GRANT}rate/<int:number>/<slug:act>/", steps.instalment, name="instalment"),
    path(REPORT, steps.write_report, name="report"),
    path(f"{REPORT}send/", steps.send_report, name="report-send"),
    path(f"{REPORT}godkend/", steps.approve_report, name="report-approve"),
    path(f"{REPORT}retur/", steps.return_report, name="report-return"),
    path(f"{GRANT}tilbagebetaling/", grants.new_demand, name="demand-new"),
    path(f"{DEMAND}betalt/", grants.demand_paid, name="demand-paid"),
    path(f"{DEMAND}eftergiv/", grants.demand_waived, name="demand-waive"),
    path(OFFICE, grants.office, name="office"),
    path(f"{OFFICE}statsstoette.csv", grants.aid_register, name="aid-register"),
    path(f"{OFFICE}penge/", money.money, name="money"),
    path(f"{OFFICE}penge/<slug:slug>/", money.follow, name="follow"),
    path(f"{OFFICE}betalinger/", payments.payments, name="payments"),
    path(f"{OFFICE}betalinger/giv-videre/", payments.hand_over, name="hand-over"),
    path(f"{OFFICE}betalinger/fil/<int:number>/", payments.file, name="payment-file"),
    path(f"{OFFICE}betalinger/indlaes/", payments.read_in, name="read-in"),
    path(f"{OFFICE}betalinger/indlaest/<int:pk>/", payments.read, name="payments-read"),
    path(f"{OFFICE}betalinger/indlaest/<int:pk>/bekraeft/", payments.confirm, name="payments-confirm"),
    path(AID, aid_values.values, name="aid-values"),
    path(f"{AID}kurs/", aid_values.new_rate, name="rate-new"),
    path(f"{AID}kurs/<slug:day>/", aid_values.correct_rate, name="rate-correct"),
    path(f"{AID}loft/", aid_values.new_ceiling, name="ceiling-new"),
    path("<kommune:municipality>/tilskud/", public.grants, name="public"),
    path("<kommune:municipality>/tilskud/360giving.json", public.giving, name="giving"),
]
