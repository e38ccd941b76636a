"""Between frames and Qt's images: shown without a copy, taken from the clipboard with alpha over white."""

from PySide6.QtGui import QImage

from f2v_core.frames import Frame


def borrowed_image(frame: Frame) -> QImage:
    """A (H, W, 3) uint8 RGB frame as an image on the same memory: keep the frame alive as long as the image."""
    import numpy as np  # noqa: PLC0415 - the window shows before it is needed

    frame = np.ascontiguousarray(frame)
    height, width, _ = frame.shape
    image = QImage(frame.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    image.frame = frame  # type: ignore[attr-defined]  # keeps the memory
    return image


def frame_from_image(image: QImage) -> Frame:
    """Any image as a (H, W, 3) uint8 RGB frame of its own; what is transparent is laid over white."""
    import numpy as np  # noqa: PLC0415 - as above

    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    rgba = rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4)
    if not image.hasAlphaChannel():
        return np.ascontiguousarray(rgba[..., :3])
    alpha = rgba[..., 3:].astype(np.uint16)
    blended = (rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    return blended.astype(np.uint8)
