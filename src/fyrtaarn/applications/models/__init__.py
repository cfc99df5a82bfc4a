from .applications import (
    OPEN_STATES,
    ApplicantQuestion,
    Application,
    ApplicationState,
    BottomLine,
    BudgetLine,
    CostKind,
    DeclaredAid,
    EffectGoal,
    LinkedEnterprise,
    SentVersion,
    Source,
)

__all__ = [
    "OPEN_STATES",
    "ApplicantQuestion",
    "Application",
    "ApplicationState",
    "BottomLine",
    "BudgetLine",
    "CostKind",
    "DeclaredAid",
    "EffectGoal",
    "LinkedEnterprise",
    "SentVersion",
    "Source",
]
