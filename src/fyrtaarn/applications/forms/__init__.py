"""Forms about applications."""

from .begin import BeginForm, CarryForm
from .office import AnswerForm, AskForm, FilesForm, ReturnForm
from .steps import FORMS, StepForm

__all__ = ["FORMS", "AnswerForm", "AskForm", "BeginForm", "CarryForm", "FilesForm", "ReturnForm", "StepForm"]
