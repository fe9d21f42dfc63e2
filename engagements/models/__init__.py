from engagements.models.convocation import Convocation, ConvocationLetter, ConvocationVersion
from engagements.models.engagement import Debt, Engagement, StateChange, Theme
from engagements.models.indicator import Indicator, Measurement, Target
from engagements.models.revoyure import Assessment, Contribution, Revoyure

__all__ = [
    "Assessment",
    "Contribution",
    "Convocation",
    "ConvocationLetter",
    "ConvocationVersion",
    "Debt",
    "Engagement",
    "Indicator",
    "Measurement",
    "Revoyure",
    "StateChange",
    "Target",
    "Theme",
]
