import type { Challenge, ChallengeAction } from '../challenge';
import { advanceChallenge, startChallenge, type ChallengeState } from '../challenge-state';
import type { ChallengeObservation } from '../challenge-step';

/** How a simulated person and camera behave. */
export interface ActorTraits {
  readonly framesPerSecond: number;
  /** From prompt to first movement. */
  readonly reactionMs: number;
  /** How far the head turns, and how long the way there takes. */
  readonly turnDeg: number;
  readonly turnMs: number;
  /** How many times closer, at the most. */
  readonly closer: number;
  readonly blinkMs: number;
  /** Spread of what the camera makes of the yaw, degrees, and of the distance, as a part of it. */
  readonly yawNoiseDeg: number;
  readonly sizeNoise: number;
}

/** A pose at a moment. */
interface Pose {
  readonly yawDeg: number;
  readonly closer: number;
  readonly eyesOpen: number;
}

const STRAIGHT: Pose = { yawDeg: 0, closer: 1, eyesOpen: 0.95 };
const STRAIGHT_PX = 60;

/** What an action looks like so long after its prompt. */
function poseOf(action: ChallengeAction, sinceMs: number, traits: ActorTraits): Pose {
  const ms = sinceMs - traits.reactionMs;
  const way = Math.min(1, Math.max(0, ms / traits.turnMs));
  switch (action) {
    case 'turn-left':
      return { ...STRAIGHT, yawDeg: way * traits.turnDeg };
    case 'turn-right':
      return { ...STRAIGHT, yawDeg: -way * traits.turnDeg };
    case 'come-closer':
      return { ...STRAIGHT, closer: 1 + way * (traits.closer - 1) };
    case 'blink': {
      // Shut, open for a while, shut again.
      const phase = ms < 0 ? -1 : ms % (3 * traits.blinkMs);
      return { ...STRAIGHT, eyesOpen: phase >= 0 && phase < traits.blinkMs ? 0.05 : 0.95 };
    }
  }
}

function backFrom(pose: Pose, sinceMs: number, traits: ActorTraits): Pose {
  const left = Math.max(0, 1 - sinceMs / traits.turnMs);
  return { yawDeg: pose.yawDeg * left, closer: 1 + (pose.closer - 1) * left, eyesOpen: 0.95 };
}

/**
 * Lets a simulated person answer a challenge, prompt by prompt.
 *
 * @param noise the next of a sequence in -1 to 1
 * @returns how it ended, and all that the camera saw: a recording
 */
export function act(
  challenge: Challenge,
  traits: ActorTraits,
  noise: () => number,
): { state: ChallengeState; seen: ChallengeObservation[] } {
  let state = startChallenge(challenge);
  const seen: ChallengeObservation[] = [];
  let prompted: { action: ChallengeAction; atMs: number } | undefined;
  let over: { pose: Pose; atMs: number } | undefined;
  let pose = STRAIGHT;
  for (let frame = 0; state.status === 'running'; frame += 1) {
    const atMs = challenge.issuedAtMs + (frame * 1000) / traits.framesPerSecond;
    if (state.prompt && prompted?.action !== state.prompt) prompted = { action: state.prompt, atMs };
    if (!state.prompt && prompted) {
      over = { pose, atMs };
      prompted = undefined;
    }
    if (prompted) pose = poseOf(prompted.action, atMs - prompted.atMs, traits);
    else if (over) pose = backFrom(over.pose, atMs - over.atMs, traits);
    const observation = {
      nonce: challenge.nonce,
      trackId: 'face',
      atMs,
      yawDeg: pose.yawDeg + noise() * traits.yawNoiseDeg,
      interEyeDistancePx: STRAIGHT_PX * pose.closer * (1 + noise() * traits.sizeNoise),
      eyesOpen: pose.eyesOpen,
    };
    seen.push(observation);
    state = advanceChallenge(state, observation);
  }
  return { state, seen };
}

/** Shows a recording, from its first frame, to another challenge: a video held to the camera. */
export function replay(recording: readonly ChallengeObservation[], challenge: Challenge): ChallengeState {
  const shiftMs = challenge.issuedAtMs - (recording[0]?.atMs ?? 0);
  return recording.reduce(
    (state, seen) => advanceChallenge(state, { ...seen, nonce: challenge.nonce, atMs: seen.atMs + shiftMs }),
    startChallenge(challenge),
  );
}
