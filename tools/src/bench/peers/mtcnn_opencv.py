"""The product's own networks and cascade on OpenCV's DNN module, as a contender of the benchmark.

Usage: mtcnn_opencv.py CONFIG. CONFIG is JSON: for each of pnet, rnet, onet and embedder {path, input, outputs,
pixels: {channelOrder, mean, scale}, scoreMin}. Speaks the benchmark's protocol: a line of JSON a question on
standard input, a line a answer on standard output. Times are of the work alone.

Needs Debian's python3-opencv and python3-numpy.
"""

import json
import sys
import time

import cv2
import numpy as np

FACTOR = 0.709
CELL = 12
STRIDE = 2


class Network:
    def __init__(self, card):
        self.net = cv2.dnn.readNetFromONNX(card["path"])
        self.input = card["input"]
        self.names = list(card["outputs"].values())
        self.roles = list(card["outputs"].keys())
        self.pixels = card["pixels"]
        self.score_min = card.get("scoreMin")

    def run(self, images):
        """images: RGB uint8, HWC, one or a list of one size. Outputs by role."""
        pixels = self.pixels
        # blobFromImages subtracts before it multiplies, and its pictures are in our order already.
        arguments = dict(
            scalefactor=1.0 / pixels["scale"],
            mean=(pixels["mean"],) * 3,
            swapRB=pixels["channelOrder"] == "bgr",
            crop=False,
        )
        self.net.setInput(cv2.dnn.blobFromImages(images, **arguments), self.input)
        return dict(zip(self.roles, self.net.forward(self.names)))


def suppress(boxes, scores, overlap_max, by_minimum=False):
    """Indices of the boxes that stay, best first. boxes: [n, 4], last pixel included."""
    left, top, right, bottom = boxes.T
    area = (right - left + 1) * (bottom - top + 1)
    order = np.argsort(-scores, kind="stable")
    kept = []
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(best)
        width = np.minimum(right[best], right[rest]) - np.maximum(left[best], left[rest]) + 1
        height = np.minimum(bottom[best], bottom[rest]) - np.maximum(top[best], top[rest]) + 1
        shared = np.maximum(width, 0) * np.maximum(height, 0)
        if by_minimum:
            overlap = shared / np.minimum(area[best], area[rest])
        else:
            overlap = shared / (area[best] + area[rest] - shared)
        order = rest[overlap <= overlap_max]
    return np.array(kept, dtype=np.int64)


def regressed(boxes, regression, extra):
    width = (boxes[:, 2] - boxes[:, 0] + extra)[:, None]
    height = (boxes[:, 3] - boxes[:, 1] + extra)[:, None]
    return boxes + regression * np.hstack([width, height, width, height])


def squared(boxes):
    width = boxes[:, 2] - boxes[:, 0]
    height = boxes[:, 3] - boxes[:, 1]
    side = np.maximum(width, height)
    left = boxes[:, 0] + (width - side) / 2
    top = boxes[:, 1] + (height - side) / 2
    return np.stack([left, top, left + side, top + side], axis=1)


def crops(frame, boxes, size):
    """One picture a box; what lies outside the frame is black."""
    height, width = frame.shape[:2]
    result = []
    for x0, y0, x1, y1 in boxes.astype(np.int64):
        x0, y0 = x0 - 1, y0 - 1
        inside = frame[max(y0, 0) : max(min(y1, height), 0), max(x0, 0) : max(min(x1, width), 0)]
        if inside.shape[0] != y1 - y0 or inside.shape[1] != x1 - x0:
            whole = np.zeros((max(y1 - y0, 1), max(x1 - x0, 1), 3), np.uint8)
            if inside.size:
                row, column = max(-y0, 0), max(-x0, 0)
                whole[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
            inside = whole
        result.append(cv2.resize(inside, (size, size), interpolation=cv2.INTER_LINEAR))
    return result


class Mtcnn:
    def __init__(self, config):
        self.pnet, self.rnet, self.onet = (Network(config[name]) for name in ("pnet", "rnet", "onet"))

    def detect(self, frame, face_min):
        boxes = self.refined(frame, self.proposed(frame, face_min))
        return self.final(frame, boxes, face_min)

    def proposed(self, frame, face_min):
        height, width = frame.shape[:2]
        scale = CELL / face_min
        found = []
        while min(height, width) * scale >= CELL:
            size = (int(width * scale + 1), int(height * scale + 1))
            outputs = self.pnet.run([cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR)])
            face = outputs["probability"][0, 1]
            rows, columns = np.nonzero(face >= self.pnet.score_min)
            if rows.size:
                x, y = STRIDE * columns + 1, STRIDE * rows + 1
                cells = np.floor(np.stack([x, y, x + CELL - 1, y + CELL - 1], axis=1) / scale)
                scores = face[rows, columns]
                kept = suppress(cells, scores, 0.5)
                regression = outputs["regression"][0][:, rows, columns].T
                found.append((cells[kept], scores[kept], regression[kept]))
            scale *= FACTOR
        if not found:
            return np.zeros((0, 4))
        cells, scores, regression = (np.concatenate(part) for part in zip(*found))
        kept = suppress(cells, scores, 0.7)
        return squared(regressed(cells[kept], regression[kept], 0))

    def refined(self, frame, boxes):
        if not len(boxes):
            return boxes
        outputs = self.rnet.run(crops(frame, boxes, 24))
        scores = outputs["probability"][:, 1]
        passed = scores >= self.rnet.score_min
        boxes, scores, regression = boxes[passed], scores[passed], outputs["regression"][passed]
        kept = suppress(boxes, scores, 0.7)
        return squared(regressed(boxes[kept], regression[kept], 1))

    def final(self, frame, boxes, face_min):
        if not len(boxes):
            return boxes
        outputs = self.onet.run(crops(frame, boxes, 48))
        scores = outputs["probability"][:, 1]
        passed = scores >= self.onet.score_min
        boxes, scores, regression = boxes[passed], scores[passed], outputs["regression"][passed]
        boxes = regressed(boxes, regression, 1)
        boxes = boxes[suppress(boxes, scores, 0.7, by_minimum=True)]
        sides = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        return boxes[sides >= face_min]


class Frames:
    def __init__(self):
        self.kept = {}

    def read(self, file, index):
        index %= file["count"]
        key = (file["path"], index)
        if key not in self.kept:
            shape = (file["height"], file["width"], 3)
            size = int(np.prod(shape))
            raw = np.fromfile(file["path"], np.uint8, count=size, offset=index * size)
            self.kept[key] = raw.reshape(shape)
        return self.kept[key]


def main(config_path):
    with open(config_path, encoding="utf8") as file:
        config = json.load(file)
    detector, embedder, frames = Mtcnn(config), Network(config["embedder"]), Frames()
    print(json.dumps({"ready": True, "version": cv2.__version__}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        ask = question["ask"]
        try:
            cv2.setNumThreads(ask["threads"])
            frame = frames.read(ask["frames"], ask["index"])
            started = time.perf_counter()
            if question["task"] == "detect":
                answer = {"faces": len(detector.detect(frame, ask["minFacePx"]))}
            elif question["task"] == "embed":
                embedder.run([frame])
                answer = {}
            else:
                raise ValueError("unknown task " + question["task"])
            answer["ms"] = (time.perf_counter() - started) * 1000
        except Exception as error:  # the benchmark decides what an error means
            answer = {"error": repr(error)}
        print(json.dumps({"id": question["id"], **answer}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
