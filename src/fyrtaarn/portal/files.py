"""Who may read the pictures of a solution: those who may see the solution."""

from fyrtaarn.foundation.files import register_file_rule

from .models import Solution
from .rules import may_see_solution

register_file_rule(Solution, may_see_solution)
