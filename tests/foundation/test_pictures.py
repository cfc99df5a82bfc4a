"""Pictures are kept as they look, and without what the camera noted of place, time and person."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.pictures import without_notes
from tests.harness.people import make_user

SECRETS = (b"Asta Aakjaer", b"Kamera 3000", b"2026:05:01", b"Hjemme i haven")
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TURNED = 6
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def photograph(kind: str, *, turned: int = TURNED, **options: Any) -> bytes:
    """A picture with all that a camera notes: place, person, time, camera, in the forms that its kind allows."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.Artist] = SECRETS[0].decode()
    exif[ExifTags.Base.Model] = SECRETS[1].decode()
    exif[ExifTags.Base.DateTime] = f"{SECRETS[2].decode()} 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (55.0, 29.0, 26.0), 3: "E", 4: (9.0, 28.0, 20.0)})
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRETS[3].decode())
    kinds: dict[str, dict[str, Any]] = {
        "JPEG": {"comment": SECRETS[3], "progressive": True},
        "PNG": {"pnginfo": text},
        "WEBP": {"xmp": b"<x:xmpmeta>" + SECRETS[3] + b"</x:xmpmeta>", "lossless": True},
    }
    picture = Image.effect_mandelbrot((60, 40), (-2, -1.5, 1, 1.5), 50).convert("RGB")
    into = io.BytesIO()
    picture.save(into, kind, exif=exif, icc_profile=PROFILE, **kinds[kind], **options)
    return into.getvalue()


def seen(content: bytes) -> tuple[Any, ...]:
    """What shows of a picture: its pixels, how it is turned, its colours and how it moves."""
    with Image.open(io.BytesIO(content)) as picture:
        frames = getattr(picture, "n_frames", 1)
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1)
        return picture.tobytes(), turned, picture.info.get("icc_profile"), frames


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("turned", [1, TURNED])
def test_the_notes_go_and_the_picture_stays(kind: str, turned: int) -> None:
    taken = photograph(kind, turned=turned)
    assert all(secret in taken for secret in SECRETS)
    kept = without_notes(taken, TYPES[kind])
    assert not [secret for secret in SECRETS if secret in kept]
    assert seen(kept) == seen(taken)
    with Image.open(io.BytesIO(kept)) as picture:
        assert set(picture.getexif()) <= {ExifTags.Base.Orientation}
        assert not picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert without_notes(kept, TYPES[kind]) == kept


def test_pictures_behind_the_first_go_with_their_notes() -> None:
    """Some telephones put a second picture, or a film, behind the end of the first."""
    taken = photograph("JPEG") + photograph("JPEG")
    kept = without_notes(taken, TYPES["JPEG"])
    assert kept == without_notes(photograph("JPEG"), TYPES["JPEG"])


@given(
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    kind=st.sampled_from(sorted(TYPES)),
    mode=st.sampled_from(["L", "RGB", "CMYK", "RGBA", "P"]),
    progressive=st.booleans(),
    restarts=st.integers(0, 3),
    seed=st.binary(min_size=1, max_size=200),
)
def test_every_picture_looks_the_same_afterwards(
    size: tuple[int, int], kind: str, mode: str, progressive: bool, restarts: int, seed: bytes
) -> None:
    allowed = {"JPEG": ("L", "RGB", "CMYK"), "PNG": ("L", "RGB", "RGBA", "P"), "WEBP": ("RGB", "RGBA")}[kind]
    mode = mode if mode in allowed else "RGB"
    length = size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands())
    picture = Image.frombytes(mode, size, (seed * (length // len(seed) + 1))[:length])
    into = io.BytesIO()
    options = {"progressive": progressive, "restart_marker_blocks": restarts} if kind == "JPEG" else {}
    picture.save(into, kind, **options)
    assert seen(without_notes(into.getvalue(), TYPES[kind])) == seen(into.getvalue())


def test_moving_pictures_go_on_moving() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    for kind in ("PNG", "WEBP"):
        into = io.BytesIO()
        frames[0].save(into, kind, save_all=True, append_images=frames[1:])
        assert seen(without_notes(into.getvalue(), TYPES[kind])) == seen(into.getvalue())


def test_other_files_are_left_alone() -> None:
    assert without_notes(b"%PDF-1.7 Asta", "application/pdf") == b"%PDF-1.7 Asta"


@pytest.mark.django_db
def test_an_upload_is_kept_without_them(kolding: Any) -> None:
    person = make_user()
    upload = SimpleUploadedFile("have.jpg", photograph("JPEG"), "image/jpeg")
    stored = keep_file(upload, subject=kolding, by=person)
    with stored.content.open("rb") as content:
        kept = content.read()
    assert not [secret for secret in SECRETS if secret in kept]
    assert stored.size == len(kept)
