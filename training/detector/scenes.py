"""Puts scenes together, anew for every step of training: a ground, plates in it, things that are none, a camera's look.

A sample is a frame uint8 [360, 640] and the plates in it; everything slow was drawn before (`detector.prepare`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import cv2
import numpy as np

from detector.model import FRAME_HEIGHT, FRAME_WIDTH

MIDDLE_GRAY = 110


@dataclass(frozen=True)
class Marked:
    """A plate in a picture: corners float32 [4, 2] in pixels, and how far the corners may be trusted (0..1)."""

    quad: np.ndarray
    trust: float


@dataclass
class Stock:
    """What `detector.prepare` wrote of one part."""

    plates: np.ndarray
    things: np.ndarray
    thing_masks: np.ndarray
    thing_shapes: np.ndarray
    streets: np.ndarray
    slots: np.ndarray
    frames: np.ndarray
    frames_without: np.ndarray
    boxes: np.ndarray

    @staticmethod
    def load(work: str, part: str) -> Stock:
        arrays = dict(np.load(os.path.join(work, f'{part}.npz')))
        for name in ('streets', 'frames', 'frames-without'):
            arrays[name.replace('-', '_')] = np.load(os.path.join(work, f'{part}-{name}.npy'), mmap_mode='r')
        return Stock(**arrays)


def box_quad(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.float32([[left, top], [right, top], [right, bottom], [left, bottom]])


def compose(
    stock: Stock,
    rng: np.random.Generator,
    with_plates: bool = True,
    size: tuple[int, int] = (FRAME_WIDTH, FRAME_HEIGHT),
    views: int = 1,
) -> list[tuple[np.ndarray, list[Marked]]]:
    """Views of one scene as the detector sees it, with their plates; without plates when asked, to count false detections.

    Putting a scene together costs more than looking at it, so that training looks at each more than once.
    """
    kind = rng.choice(['street', 'frame', 'close', 'bare'], p=[0.45, 0.36, 0.09, 0.10]) if with_plates else 'bare'
    if kind == 'close':
        scene, plates = _close_up(stock, rng)
    elif kind == 'street':
        scene, plates = _street(stock, rng)
    elif kind == 'frame':
        scene, plates = _road_frame(stock, rng)
    else:
        scene, plates = _bare(stock, rng), []
    if kind != 'close':
        if kind != 'bare' and rng.random() < 0.45:
            for _ in range(int(rng.integers(1, 3))):
                _loose_plate(scene, plates, stock, rng)
        count = int(rng.choice([0, 2, 5, 9]) if with_plates else rng.integers(3, 12))
        for _ in range(count):
            _paste_thing(scene, plates, stock, rng)
    out = []
    for _ in range(views):
        frame, seen = _through_camera(scene, plates, size, rng)
        out.append((_photographed(frame, rng), seen))
    return out


def _pick(array: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return array[rng.integers(len(array))]


def _street(stock: Stock, rng: np.random.Generator) -> tuple[np.ndarray, list[Marked]]:
    at = rng.integers(len(stock.streets))
    scene, slots = np.array(stock.streets[at]), stock.slots[at]
    if rng.random() < 0.5:
        scene, slots = _mirrored(scene, slots)
    plates = []
    for slot in slots:
        if np.isnan(slot[0, 0]) or rng.random() < 0.08:
            continue
        jitter = rng.normal(0, 0.012, (4, 2)) * (slot[1, 0] - slot[0, 0])
        plates.append(_paste_plate(scene, (slot + jitter).astype(np.float32), stock, rng))
    return scene, plates


def _road_frame(stock: Stock, rng: np.random.Generator) -> tuple[np.ndarray, list[Marked]]:
    """A real frame: its own plates stay, or plates of US shape take their places."""
    at = rng.integers(len(stock.frames))
    quads = np.array([box_quad(*box) for box in stock.boxes[at] if not np.isnan(box[0])], np.float32).reshape(-1, 4, 2)
    own = rng.random() < 0.3
    scene = np.array((stock.frames if own else stock.frames_without)[at])
    if rng.random() < 0.5:
        scene, quads = _mirrored(scene, quads)
    if own:
        return scene, [Marked(quad, 0.25) for quad in quads]
    plates = []
    for quad in quads:
        (left, top), (right, bottom) = quad.min(0), quad.max(0)
        if rng.random() < 0.1:
            continue
        width = (right - left) * rng.uniform(0.5, 0.85)
        height = width * rng.uniform(0.46, 0.54)
        middle = np.float32([(left + right) / 2, (top + bottom) / 2]) + rng.normal(0, 0.05, 2) * width
        plates.append(_paste_plate(scene, _any_quad(middle, width, height, rng, turned=0.4), stock, rng))
    return scene, plates


def _mirrored(scene: np.ndarray, quads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The scene and its quadrilaterals seen in a mirror, before anything with letters of ours is put in."""
    turned = quads[:, [1, 0, 3, 2]].copy()
    turned[:, :, 0] = scene.shape[1] - turned[:, :, 0]
    return np.ascontiguousarray(scene[:, ::-1]), turned


def _bare(stock: Stock, rng: np.random.Generator) -> np.ndarray:
    """A scene without any plate: a real frame whose plates are covered, or a drawn street with empty places."""
    return np.array(_pick(stock.frames_without, rng) if rng.random() < 0.7 else _pick(stock.streets, rng))


def _close_up(stock: Stock, rng: np.random.Generator) -> tuple[np.ndarray, list[Marked]]:
    """One plate that fills 40 to 100 % of the picture's width."""
    source = _pick(stock.frames_without if rng.random() < 0.5 else stock.streets, rng)
    y, x = int(rng.integers(0, 360)), int(rng.integers(0, 640))
    piece = cv2.GaussianBlur(np.ascontiguousarray(source[y : y + 120, x : x + 214]), (0, 0), 1.5)
    if rng.random() < 0.4:  # a picture of the plate alone, no wider than it
        width, height = 640, int(rng.uniform(280, 360))
        scene = cv2.resize(piece, (width, height), interpolation=cv2.INTER_LINEAR)
        share = rng.uniform(0.85, 1.02)
    else:
        scene = cv2.resize(piece, (1280, 720), interpolation=cv2.INTER_LINEAR)
        share = rng.uniform(0.4, 0.9)
    h, w = scene.shape
    plate_w = share * w
    plate_h = min(plate_w * rng.uniform(0.45, 0.53), h * 1.02)
    middle = np.float32([w / 2, h / 2]) + rng.normal(0, 0.15, 2) * np.float32([max(0, w - plate_w), max(0, h - plate_h)])
    quad = _any_quad(middle, plate_w, plate_h, rng, turned=0.3 if share < 0.9 else 0.1)
    return scene, [_paste_plate(scene, quad, stock, rng)]


def _any_quad(middle: np.ndarray, width: float, height: float, rng: np.random.Generator, turned: float) -> np.ndarray:
    """A plate's corners under some view: rolled, seen from a side or from above; `turned` scales the spread."""
    half = box_quad(-width / 2, -height / 2, width / 2, height / 2)
    roll, yaw = rng.normal(0, 7) * turned, rng.normal(0, 25) * turned
    roll, yaw = np.deg2rad(np.clip(roll, -20, 20)), np.deg2rad(np.clip(yaw, -62, 62))
    pinch = np.sin(yaw) * rng.uniform(0.0, 0.12)
    half[:, 0] *= np.cos(yaw)
    half[[0, 3], 1] *= 1 + pinch
    half[[1, 2], 1] *= 1 - pinch
    half[:, 1] += half[:, 0] * np.sin(yaw) * rng.uniform(-0.35, 0.35)
    half[[0, 1], 0] *= 1 + rng.normal(0, 0.02)
    turn = np.float32([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    return (half @ turn.T + middle).astype(np.float32)


def _loose_plate(scene: np.ndarray, plates: list[Marked], stock: Stock, rng: np.random.Generator) -> None:
    """A plate anywhere, 40 to 330 px wide, where no other is."""
    h, w = scene.shape
    width = float(np.exp(rng.uniform(np.log(40), np.log(330))))
    middle = np.float32([rng.uniform(0, w), rng.uniform(0, h)])
    quad = _any_quad(middle, width, width * rng.uniform(0.46, 0.54), rng, turned=1.0)
    if not _meets(quad, plates):
        plates.append(_paste_plate(scene, quad, stock, rng))


def _meets(quad: np.ndarray, plates: list[Marked], margin: float = 4) -> bool:
    low, high = quad.min(0) - margin, quad.max(0) + margin
    return any((high > plate.quad.min(0)).all() and (low < plate.quad.max(0)).all() for plate in plates)


def paste(scene: np.ndarray, picture: np.ndarray, mask: np.ndarray | None, quad: np.ndarray, tone: tuple[float, float], blur: float) -> None:
    """Warps a picture onto the quadrilateral: tone is (gain, shift), blur a deviation in pixels of the scene."""
    h, w = scene.shape
    left, top = np.maximum(np.floor(quad.min(0)).astype(int) - 3, 0)
    right, bottom = np.minimum(np.ceil(quad.max(0)).astype(int) + 4, [w, h])
    if right - left < 4 or bottom - top < 4:
        return
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    size = max(8, round(min(picture.shape[1], width * 1.4))), max(6, round(min(picture.shape[0], height * 1.4)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32) * tone[0] + tone[1]
    cover = np.ones(small.shape, np.float32) if mask is None else cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    source = np.float32([[-0.5, -0.5], [size[0] - 0.5, -0.5], [size[0] - 0.5, size[1] - 0.5], [-0.5, size[1] - 0.5]])
    # Corners are given in pixel edges: a plate from 0 to 10 covers the pixels 0 to 9.
    warp = cv2.getPerspectiveTransform(source, quad - np.float32([left, top]) - 0.5)
    target = (int(right - left), int(bottom - top))
    seen = cv2.warpPerspective(small, warp, target, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shown = cv2.warpPerspective(cover, warp, target, flags=cv2.INTER_LINEAR)
    if blur > 0.25:
        seen, shown = cv2.GaussianBlur(seen, (0, 0), blur), cv2.GaussianBlur(shown, (0, 0), blur)
    part = scene[top:bottom, left:right]
    part[:] = np.clip(part + (seen - part) * shown, 0, 255).astype(np.uint8)


def _paste_plate(scene: np.ndarray, quad: np.ndarray, stock: Stock, rng: np.random.Generator) -> Marked:
    picture = _pick(stock.plates, rng)
    left, top = np.maximum(quad.min(0).astype(int), 0)
    right, bottom = quad.max(0).astype(int) + 1
    around = scene[top:bottom, left:right]
    near = float(around.mean()) if around.size else 100.0
    # Lit as its surroundings are, more or less; by night the sheeting throws the lamps' light back.
    gain = float(np.clip((near + 90) / 200, 0.3, 1.15) * rng.uniform(0.6, 1.3))
    if rng.random() < 0.2:
        gain = rng.uniform(0.35, 1.4)
    shift = rng.uniform(-10, 25)
    if rng.random() < 0.2:  # hazy, dirty or blown out: little contrast
        contrast = rng.uniform(0.25, 0.6)
        gain, shift = gain * contrast, shift + (1 - contrast) * rng.uniform(40, 200)
    if rng.random() < 0.15:  # the shadow of a lid or of the car itself on a part of it
        shade = np.ones(picture.shape, np.float32)
        rows = int(rng.uniform(0.1, 0.6) * picture.shape[0])
        shade[:rows] = rng.uniform(0.3, 0.8)
        picture = (picture * shade).astype(np.uint8)
    if rng.random() < 0.25:  # a shadow under it
        width = quad[1, 0] - quad[0, 0]
        dark = np.zeros((16, 32), np.uint8)
        paste(scene, dark, np.full((16, 32), int(rng.uniform(60, 200)), np.uint8), quad + np.float32([0, 0.04 * width]), (1, 0), 0.02 * width)
    width = float(np.linalg.norm(quad[1] - quad[0]))
    paste(scene, picture, None, quad, (gain, shift), min(rng.choice([0, 0.5, 1.0]) * rng.uniform(0.5, 1.5), width / 40))
    return Marked(quad, 1.0)


def _paste_thing(scene: np.ndarray, plates: list[Marked], stock: Stock, rng: np.random.Generator) -> None:
    at = rng.integers(len(stock.things))
    aspect, least, most = stock.thing_shapes[at]
    h, w = scene.shape
    typical = np.exp(rng.uniform(np.log(45), np.log(220)))
    if plates and rng.random() < 0.7:  # near a plate, as badges and stickers are
        beside = plates[rng.integers(len(plates))].quad
        typical = float(np.linalg.norm(beside[1] - beside[0]))
        middle = beside.mean(0) + rng.normal(0, 1.6, 2).astype(np.float32) * typical * np.float32([1, 0.7])
    else:
        middle = np.float32([rng.uniform(0, w), rng.uniform(0, h)])
    width = float(min(typical * np.exp(rng.uniform(np.log(least), np.log(most))), 700))
    quad = _any_quad(middle, width, min(width / aspect, 500), rng, turned=0.6)
    if _meets(quad, plates):
        return
    gain = float(np.clip((float(scene[::16, ::16].mean()) + 70) / 190, 0.3, 1.1) * rng.uniform(0.6, 1.3))
    paste(scene, stock.things[at], stock.thing_masks[at], quad, (gain, rng.uniform(-10, 20)), rng.uniform(0, 1.3))


def _through_camera(
    scene: np.ndarray, plates: list[Marked], size: tuple[int, int], rng: np.random.Generator
) -> tuple[np.ndarray, list[Marked]]:
    """Zooms, turns and cuts the scene to (width, height); a plate then is 22 to 170 px wide as a rule."""
    h, w = scene.shape
    width, height = size
    scale = FRAME_WIDTH / w * np.exp(rng.normal(0.05, 0.25))
    if w < 1000:  # a picture of a plate alone stays whole
        scale = min(width / w, height / h) * rng.uniform(0.85, 1.0)
    elif plates and rng.random() < 0.75:
        aim = plates[rng.integers(len(plates))].quad
        wanted = np.exp(rng.uniform(np.log(22), np.log(170)))
        scale = wanted / float(np.linalg.norm(aim[1] - aim[0]))
        scale = float(np.clip(scale, 0.33 if rng.random() < 0.15 else 0.48, 1.6))
    canvas = _canvas(width, height, rng)
    angle = np.deg2rad(rng.normal(0, 3.5)) if rng.random() < 0.6 else 0.0
    matrix = np.float32([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    offset = _offset(matrix, plates, (w, h), canvas, rng)
    # Sampled twice as fine and averaged, as the area resize before the detector does, or coarsely as some cameras do.
    fine = 2 if scale < 0.75 and rng.random() < 0.6 else 1
    warp = np.concatenate([matrix * fine, (offset * fine)[:, None]], 1).astype(np.float32)
    warp[:, 2] += matrix.sum(1) * fine / 2 - 0.5  # from pixel edges to pixel middles
    border = float(rng.integers(0, 256))
    target = (fine * canvas[0], fine * canvas[1])
    seen = cv2.warpAffine(scene, warp, target, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
    frame = np.full((height, width), MIDDLE_GRAY, np.uint8)
    frame[: canvas[1], : canvas[0]] = cv2.resize(seen, canvas, interpolation=cv2.INTER_AREA) if fine > 1 else seen
    moved = [Marked((plate.quad @ matrix.T + offset).astype(np.float32), plate.trust) for plate in plates]
    return frame, _within(moved, *canvas)


def _canvas(width: int, height: int, rng: np.random.Generator) -> tuple[int, int]:
    """What a picture takes of the frame: pictures of other proportions are letterboxed."""
    if rng.random() > 0.15 or width < FRAME_WIDTH:
        return width, height
    if rng.random() < 0.7:
        return int(height * rng.uniform(0.56, 1.6)), height
    return width, int(width / rng.uniform(1.9, 3.0))


def _offset(
    matrix: np.ndarray, plates: list[Marked], size: tuple[int, int], canvas: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Where the scene goes: so that one plate lies somewhere in view, or anywhere; the scene fills the view if it can."""
    corners = np.float32([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]]) @ matrix.T
    low = corners.min(0)
    span = np.float32(canvas) - (corners.max(0) - low)
    lowest, highest = np.minimum(0, span) - low, np.maximum(0, span) - low
    if not plates or size[0] < 1000:
        return rng.uniform(lowest, highest).astype(np.float32)
    aim = plates[rng.integers(len(plates))].quad.mean(0) @ matrix.T
    wanted = np.float32(canvas) * np.float32([rng.uniform(0.06, 0.94), rng.uniform(0.08, 0.94)]) - aim
    if rng.random() < 0.05:
        return wanted
    return np.clip(wanted, lowest, highest).astype(np.float32)


def _within(plates: list[Marked], width: int, height: int) -> list[Marked]:
    """What is seen of the plates; one that is cut by the picture's edge keeps its corners but is not trusted."""
    out = []
    for plate in plates:
        x, y = plate.quad.mean(0)
        if not (-20 < x < width + 20 and -20 < y < height + 20):
            continue
        inside = (plate.quad > -1.5).all() and (plate.quad < [width + 1.5, height + 1.5]).all()
        out.append(plate if inside else Marked(plate.quad, 0.0))
    return out


def _photographed(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, contrast, haze, lamps, rain, blur, noise and compression of a camera."""
    levels = np.arange(256, dtype=np.float32)
    if rng.random() < 0.5:
        levels = 255 * (levels / 255) ** np.exp(rng.normal(0, 0.45))
    levels = (levels - 128) * rng.uniform(0.5, 1.3) + 128 + rng.uniform(-50, 45)
    if rng.random() < 0.04:
        levels = levels[::-1]
    out = cv2.LUT(frame, np.clip(levels, 0, 255).astype(np.uint8))
    if rng.random() < 0.12:
        out = _lamps(out, rng)
    if rng.random() < 0.06:
        out = _rain(out, rng)
    if rng.random() < 0.2:
        out = _moved(out, rng)
    if rng.random() < 0.35:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.3, 1.3))
    if rng.random() < 0.2:  # cameras sharpen
        out = cv2.addWeighted(out, 2.0, cv2.GaussianBlur(out, (0, 0), 1.0), -1.0, 0)
    strength = float(rng.choice([0, 2, 5, 10], p=[0.3, 0.35, 0.25, 0.1]))
    if strength:
        noise = np.empty(out.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(2**31)))
        cv2.randn(noise, 0, strength)
        out = cv2.add(out, noise, dtype=cv2.CV_8U)
    if rng.random() < 0.35:
        out = cv2.imdecode(cv2.imencode('.jpg', out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 85))])[1], cv2.IMREAD_GRAYSCALE)
    return out


def _lamps(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    h, w = frame.shape
    glow = np.zeros((h // 4, w // 4), np.float32)
    for _ in range(int(rng.integers(1, 5))):
        cv2.circle(glow, (int(rng.uniform(0, w / 4)), int(rng.uniform(0, h / 4))), int(rng.integers(1, 7)), float(rng.uniform(80, 255)), -1)
    glow = glow + cv2.GaussianBlur(glow, (0, 0), rng.uniform(2, 9)) * rng.uniform(0.5, 2)
    return cv2.add(frame, np.clip(cv2.resize(glow, (w, h)), 0, 255).astype(np.uint8))


def _rain(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    out, slant, tone = frame.copy(), int(rng.integers(-8, 8)), int(rng.integers(120, 255))
    for x, y in zip(rng.integers(0, frame.shape[1], 250), rng.integers(0, frame.shape[0], 250)):
        cv2.line(out, (int(x), int(y)), (int(x) + slant, int(y) + int(rng.integers(5, 22))), tone, 1)
    return cv2.addWeighted(frame, 0.6, out, 0.4, 0)


def _moved(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    length = int(rng.choice([3, 5, 7]))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    turn = cv2.getRotationMatrix2D((length // 2, length // 2), float(rng.choice([0, 0, 90, rng.uniform(0, 180)])), 1)
    kernel = cv2.warpAffine(kernel, turn, (length, length))
    return cv2.filter2D(frame, -1, kernel / kernel.sum())
