"""Terms and postings as bytes: arrays of whole numbers, the highest byte first, as PostgreSQL's int8send and its like write."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

TERMS, LISTINGS, WEIGHTS = np.dtype(">i8"), np.dtype(">u4"), np.dtype(">i2")
Bytes = bytes | memoryview
Keys = NDArray[np.int64]
"""Postings of one term, each as one number: the weight, and below it, in 32 bits, the listing. Rising keys are the order
in which postings are kept: the heaviest last."""
NONE: Keys = np.empty(0, np.int64)


def packed_vector(terms: Mapping[int, int]) -> tuple[bytes, bytes]:
    """The numbers of terms in rising order, and their weights."""
    order = sorted(terms)
    return np.array(order, TERMS).tobytes(), np.array([terms[number] for number in order], WEIGHTS).tobytes()


def vector(terms: Bytes, weights: Bytes) -> dict[int, int]:
    """The same read back: weights by numbers of terms."""
    return dict(zip(numbers(terms, TERMS).tolist(), numbers(weights, WEIGHTS).tolist(), strict=True))


def numbers(data: Bytes, kind: np.dtype[Any]) -> NDArray[Any]:
    """The array that bytes hold, in this machine's own order."""
    return np.frombuffer(data, kind).astype(kind.newbyteorder("="))


def keys_of(listings: NDArray[Any], weights: NDArray[Any]) -> Keys:
    """Postings as keys, in the order given."""
    keys: Keys = (weights.astype(np.int64) << 32) | listings.astype(np.int64)
    return keys


def listings_in(keys: Keys) -> NDArray[np.int64]:
    """The listings of postings."""
    return keys & 0xFFFFFFFF


def packed_postings(keys: Keys) -> tuple[bytes, bytes]:
    """The listings and the weights of postings."""
    return listings_in(keys).astype(LISTINGS).tobytes(), (keys >> 32).astype(WEIGHTS).tobytes()
