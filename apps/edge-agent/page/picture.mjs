// @ts-check
import { h, setText } from './dom.mjs';
import { t } from './words.mjs';

/** @typedef {import('./live.mjs').FrameFacts} FrameFacts */
/** @typedef {import('./live.mjs').PreviewFace} PreviewFace */

/**
 * The live picture: what the camera shows, a button over each face, and how fast it goes.
 *
 * @param {(face: PreviewFace) => void} onFace a face was chosen
 */
export function livePicture(onFace) {
  const canvas = h('canvas', { role: 'img', 'aria-label': t('live.picture'), width: 16, height: 9 });
  const boxes = h('div', { class: 'boxes', role: 'group', 'aria-label': t('live.faces') });
  const rate = h('span', { class: 'over' });
  const fault = h('p', { class: 'fault', role: 'status' }, t('live.none'));
  let hasCome = false;
  let frameWidth = 16;
  const element = h('div', { class: 'picture' }, canvas, boxes, rate, fault);
  /** @type {Map<string, HTMLButtonElement>} */
  const shown = new Map();

  /** @param {FrameFacts} facts @param {Uint8Array<ArrayBuffer>} jpeg */
  const show = async (facts, jpeg) => {
    const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      element.style.aspectRatio = `${bitmap.width} / ${bitmap.height}`;
    }
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    if (!hasCome) setText(fault, '');
    hasCome = true;
    frameWidth = facts.width;
    bitmap.close();
    setText(rate, t('live.rate', { rate: facts.framesPerSecond.toFixed(1) }));
    showFaces(facts);
  };

  /** @param {FrameFacts} facts */
  const showFaces = ({ faces, width, height }) => {
    const inView = new Set(faces.map(({ trackId }) => trackId));
    for (const [trackId, button] of shown) {
      if (inView.has(/** @type {never} */ (trackId))) continue;
      button.remove();
      shown.delete(trackId);
    }
    for (const face of faces) {
      const button = shown.get(face.trackId) ?? faceButton(face.trackId);
      place(button, face, { width, height });
      button.onclick = () => onFace(face);
    }
  };

  /** @param {string} trackId */
  const faceButton = (trackId) => {
    const button = h('button', { type: 'button' }, h('span', {}));
    shown.set(trackId, button);
    boxes.append(button);
    return button;
  };

  return {
    element,
    show,
    /** A face as it looks now, cut out of the picture. @param {PreviewFace} face */
    cutOut: ({ box }) => {
      const scale = canvas.width / frameWidth;
      const face = h('canvas', { width: 96, height: 96, class: 'portrait', 'aria-hidden': 'true' });
      const side = Math.max(box.width, box.height) * 1.5;
      const [x, y] = [box.x + box.width / 2 - side / 2, box.y + box.height / 2 - side / 2];
      face
        .getContext('2d')
        ?.drawImage(canvas, x * scale, y * scale, side * scale, side * scale, 0, 0, 96, 96);
      return face;
    },
    /** What keeps the camera from seeing; null: nothing. @param {string | null} text */
    setFault: (text) => {
      setText(fault, text ?? (hasCome ? '' : t('live.none')));
      element.classList.toggle('blind', text !== null);
      if (text !== null) showFaces({ faces: [], width: 1, height: 1, framesPerSecond: 0 });
    },
  };
}

/** @param {HTMLButtonElement} button @param {PreviewFace} face @param {{width: number, height: number}} frame */
function place(button, { box, status, person, similarity, lockSilent }, frame) {
  const { style } = button;
  style.left = `${(100 * box.x) / frame.width}%`;
  style.top = `${(100 * box.y) / frame.height}%`;
  style.width = `${(100 * box.width) / frame.width}%`;
  style.height = `${(100 * box.height) / frame.height}%`;
  button.dataset.status = lockSilent ? 'silent' : status;
  const known = person?.name || t(`live.${status}`);
  const name = lockSilent ? t('live.lockSilent', { name: known }) : known;
  const told = similarity === null ? name : `${name} ${similarity.toFixed(2)}`;
  const [label] = button.children;
  if (label) setText(label, told);
  const says = t('live.register', { face: told });
  if (button.getAttribute('aria-label') !== says) button.setAttribute('aria-label', says);
}
