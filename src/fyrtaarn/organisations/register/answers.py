"""What a register says of a company."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Company:
    """A company as its register has it today; texts are empty where the register says nothing."""

    cvr: str
    name: str
    address: str = ""
    postcode: str = ""
    town: str = ""
    municipality_code: str = ""
    status: str = ""
    register: str = ""

    def as_data(self) -> dict[str, str]:
        """For keeping beside the organisation."""
        return asdict(self)


class RegisterUnavailable(Exception):
    """The register did not answer, or not in a way that can be read."""


class NotInRegister(Exception):
    """The register answered: no active company has this number."""
