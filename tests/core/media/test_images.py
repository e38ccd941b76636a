"""Pictures of every kind become upright 8-bit sRGB frames; everything else an error that helps."""

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from f2v_core.errors import ExportError, InputError, MediaError
from f2v_core.media import images
from f2v_core.media.images import decode_image, encode_png, encode_webp, read_image, read_pair, write_png


@pytest.fixture
def frame():
    rows, columns = np.mgrid[0:24, 0:36]
    return np.stack([columns * 7, rows * 10, np.full_like(rows, 60)], axis=-1).astype(np.uint8)


def file_bytes(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "TGA", "PCX", "QOI", "SGI", "DDS"])
def test_exact_formats_come_out_exactly(frame, kind):
    assert np.array_equal(decode_image(file_bytes(Image.fromarray(frame), kind), kind), frame)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "JPEG2000", "GIF"])
def test_other_formats_come_out_nearly(frame, kind):
    read = decode_image(file_bytes(Image.fromarray(frame), kind), kind)
    assert np.abs(read.astype(int) - frame).mean() < 6


def test_heic_is_read_where_its_library_is():
    pytest.importorskip("pi_heif")
    read = read_image(Path(__file__).with_name("quarters.heic"))
    corners = read[[16, 16, 48, 48], [16, 48, 16, 48]].astype(int)
    assert read.shape == (64, 64, 3)
    assert np.abs(corners - [(220, 30, 40), (30, 200, 60), (40, 60, 210), (240, 240, 240)]).max() < 8


def test_heic_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(MediaError) as caught:
        decode_image(b"\0\0\0\x18ftypheic" + bytes(50), "photo.heic")
    assert "f2v[heif]" in caught.value.remedy


def test_a_broken_heic_is_not_a_picture():
    with pytest.raises(MediaError, match=r"photo\.heic"):
        decode_image(b"\0\0\0\x18ftypheic" + bytes(50), "photo.heic")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(frame, orientation):
    upright = {
        1: frame, 2: frame[:, ::-1], 3: frame[::-1, ::-1], 4: frame[::-1], 5: frame.swapaxes(0, 1),
        6: np.rot90(frame, -1), 7: frame[::-1, ::-1].swapaxes(0, 1), 8: np.rot90(frame),
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert np.array_equal(
        decode_image(file_bytes(Image.fromarray(frame), "PNG", exif=exif), "a.png"), upright
    )


def test_damaged_exif_does_not_cost_the_picture(frame, monkeypatch):
    def damaged(image):
        raise SyntaxError("not a TIFF header")

    monkeypatch.setattr("PIL.ImageOps.exif_transpose", damaged)
    assert np.array_equal(decode_image(file_bytes(Image.fromarray(frame)), "a.png"), frame)


def test_alpha_is_laid_over_white():
    pixels = np.array([[[200, 0, 0, 255], [200, 0, 0, 51], [200, 0, 0, 0]]], np.uint8)
    read = decode_image(file_bytes(Image.fromarray(pixels)), "alpha.png")
    assert read[0].tolist() == [[200, 0, 0], [244, 204, 204], [255, 255, 255]]


def test_grey_with_alpha_and_palette_with_transparency():
    grey = Image.fromarray(np.array([[[100, 255], [100, 0]]], np.uint8), "LA")
    assert decode_image(file_bytes(grey), "la.png")[0].tolist() == [[100] * 3, [255] * 3]
    palette = Image.fromarray(np.array([[0, 1]], np.uint8), "P")
    palette.putpalette([10, 20, 30, 40, 50, 60])
    read = decode_image(file_bytes(palette, transparency=1), "p.png")
    assert read[0].tolist() == [[10, 20, 30], [255, 255, 255]]


def test_palette_grey_and_black_and_white():
    palette = Image.fromarray(np.array([[0, 1]], np.uint8), "P")
    palette.putpalette([10, 20, 30, 40, 50, 60])
    assert decode_image(file_bytes(palette), "p.png")[0].tolist() == [[10, 20, 30], [40, 50, 60]]
    assert decode_image(file_bytes(Image.new("L", (2, 1), 77)), "l.png")[0].tolist() == [[77] * 3] * 2
    assert decode_image(file_bytes(Image.new("1", (2, 1), 1)), "1.png")[0].tolist() == [[255] * 3] * 2


def test_cmyk_is_converted():
    read = decode_image(file_bytes(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "TIFF"), "cmyk.tif")
    assert read[0, 0, 0] > 200
    assert read[0, 0, 1:].max() < 80
    jpeg = decode_image(file_bytes(Image.new("CMYK", (8, 8), (255, 0, 255, 0)), "JPEG"), "cmyk.jpg")
    assert jpeg[0, 0, 1] > jpeg[0, 0, 0]


@pytest.mark.parametrize("ending", [".png", ".tiff"])
def test_16_bits_are_scaled_not_clipped(ending):
    deep = np.linspace(0, 65535, 300).round().astype(np.uint16).reshape(10, 30)
    grey = decode_image(cv2.imencode(ending, deep)[1].tobytes(), "grey" + ending)
    assert np.array_equal(grey[..., 0], np.rint(deep / 257).astype(np.uint8))
    colour = np.stack([deep, deep[::-1], deep[:, ::-1]], axis=-1)
    read = decode_image(cv2.imencode(ending, colour[..., ::-1])[1].tobytes(), "colour" + ending)
    assert np.abs(read - colour / 257).max() <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[0.0, 100.0, 200.0]], np.float32), [0, 100, 200]),
        (np.array([[-5.0, 32767.5, 65535.0]], np.float32), [0, 128, 255]),
        (np.array([[np.nan, 1e6, 2e6]], np.float32), [0, 127, 255]),
        (np.array([[0, 65535, 131070]], np.int32), [0, 128, 255]),
    ],
)
def test_floats_and_wide_integers_use_their_full_scale(values, expected):
    read = decode_image(file_bytes(Image.fromarray(values), "TIFF"), "deep.tif")
    assert read[0, :, 0].tolist() == expected


def test_a_colour_profile_is_turned_into_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGB", (4, 4), (180, 90, 40))
    for profile in (srgb, b"nonsense", lab):  # sRGB changes nothing; what cannot be used is ignored
        assert decode_image(file_bytes(image, icc_profile=profile), "icc.png")[0, 0].tolist() == [180, 90, 40]


def test_a_wide_profile_changes_the_numbers(wide_profile):
    image = Image.new("RGB", (4, 4), (180, 90, 40))
    read = decode_image(file_bytes(image, icc_profile=wide_profile), "wide.png")[0, 0]
    assert read[0] > 185  # the same red takes more of sRGB's smaller red
    image.putalpha(255)
    covered = decode_image(file_bytes(image, icc_profile=wide_profile), "wide.png")[0, 0]
    assert np.abs(covered - read.astype(int)).max() <= 1


@pytest.fixture
def wide_profile():
    """An ICC profile with Display P3's primaries and a plain gamma, put together by hand."""

    def fixed(*numbers):
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    def xyz(*numbers):
        return b"XYZ " + bytes(4) + fixed(*numbers)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    text = b"desc" + bytes(4) + struct.pack(">I", 5) + b"Wide\0" + bytes(78 + 1)
    tags = {
        b"desc": text, b"wtpt": xyz(0.9642, 1.0, 0.8249), b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2919, 0.6922, 0.0419), b"bXYZ": xyz(0.1572, 0.0666, 0.7841),
        b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4sI4s4s4s", offset + len(body), b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\0") + table + body


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_the_first_frame_of_an_animation(kind):
    red, blue = Image.new("RGB", (8, 8), (255, 0, 0)), Image.new("RGB", (8, 8), (0, 0, 255))
    data = file_bytes(red, kind, save_all=True, append_images=[blue])
    assert decode_image(data, "animated")[4, 4, 0] > 250


def test_names_outside_ascii(frame, tmp_path):
    path = tmp_path / "Žluťoučký kůň 映像.png"
    path.write_bytes(file_bytes(Image.fromarray(frame)))
    assert np.array_equal(read_image(path), frame)


def test_more_than_100_megapixels_are_refused_before_decoding():
    def header(width, height):
        body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        empty = b"IDAT" + zlib.compress(b"")
        chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (body, empty)]
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)

    for width, words in [(10_001, "10001x10000, 100 megapixels"), (30_000, "more than 178 megapixels")]:
        with pytest.raises(MediaError, match=words) as caught:
            decode_image(header(width, 10_000), "vast.png")
        assert "Scale it down" in caught.value.remedy


def test_missing_empty_and_folder(tmp_path):
    empty = tmp_path / "empty.png"
    empty.touch()
    for path, words in [
        (tmp_path / "no.png", "does not exist"),
        (tmp_path, "is a folder"),
        (empty, "is empty"),
        (tmp_path / ("x" * 300), "cannot be opened"),
        (tmp_path / "nul\0.png", "is not a file name"),
    ]:
        with pytest.raises(MediaError, match=words) as caught:
            read_image(path)
        assert caught.value.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(MediaError, match="cannot be opened"):
        read_image(path)


def test_text_and_truncated_files(frame, tmp_path):
    text = tmp_path / "text.png"
    text.write_text("no picture at all", encoding="utf-8")
    with pytest.raises(MediaError, match=r"text\.png is not a picture"):
        read_image(text)
    cut = tmp_path / "cut.jpg"
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    data = file_bytes(Image.fromarray(noise), "JPEG")
    cut.write_bytes(data[: len(data) // 2])
    with pytest.raises(MediaError, match=r"cut\.jpg is damaged"):
        read_image(cut)


@given(st.binary(max_size=200), st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "PSD"]))
def test_rubbish_never_raises_anything_else(data, kind):
    starts = {
        "PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "GIF": b"GIF89a", "BMP": b"BM", "TIFF": b"II*\0",
        "WEBP": b"RIFF\0\0\0\0WEBP", "PPM": b"P6 3 3 255\n", "PSD": b"8BPS\0\x01",
    }  # fmt: skip
    try:
        read = decode_image(starts[kind] + data, "rubbish")
    except MediaError as error:
        assert "rubbish" in error.message  # noqa: PT017 - either outcome is right
    else:
        assert read.dtype == np.uint8
        assert read.ndim == 3


def test_a_pair_takes_the_first_size_or_the_asked_one(frame, tmp_path):
    a, b = tmp_path / "a.png", tmp_path / "b.png"
    write_png(a, frame)
    write_png(b, np.full((50, 50, 3), 9, np.uint8))
    assert read_pair(a, b).size == (36, 24)
    assert np.array_equal(read_pair(a, b).first, frame)
    pair = read_pair(a, b, (30, 40), "fit")
    assert pair.size == (30, 40)
    assert not pair.first[0].any()


@pytest.mark.parametrize("size", [(1, 1), (37, 53)])
def test_png_bytes_are_exact(size):
    frame = np.random.default_rng(0).integers(0, 255, (*size, 3), dtype=np.uint8)
    assert np.array_equal(decode_image(encode_png(frame), "a.png"), frame)
    assert len(encode_webp(frame, 1)) <= len(encode_webp(frame, 100)) < len(encode_png(frame)) + 99
    assert decode_image(encode_webp(frame, 90), "a.webp").shape == frame.shape


def test_only_frames_are_written(tmp_path):
    with pytest.raises(InputError):
        write_png(tmp_path / "a.png", np.zeros((4, 4), np.uint8))
    assert list(tmp_path.iterdir()) == []


def test_a_png_that_cannot_be_written(tmp_path, frame):
    with pytest.raises(ExportError, match=r"a\.png cannot be written"):
        write_png(tmp_path / "missing" / "a.png", frame)


def test_importing_is_light():
    code = f"import sys, {images.__name__}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"PIL", "cv2", "av", "torch", "PySide6"} & set(loaded)
