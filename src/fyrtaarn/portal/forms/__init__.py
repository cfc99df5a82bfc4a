"""Forms about challenges and solutions."""

from .challenges import ChallengeStepForm, EndForm, FrameForm, ReviewForm, SituationForm
from .solutions import NewPictureForm, ReferenceFormSet, SolutionForm, references_in

__all__ = [
    "ChallengeStepForm",
    "EndForm",
    "FrameForm",
    "NewPictureForm",
    "ReferenceFormSet",
    "ReviewForm",
    "SituationForm",
    "SolutionForm",
    "references_in",
]
