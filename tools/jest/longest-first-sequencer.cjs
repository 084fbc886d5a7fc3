const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest, which start servers, doors and cameras one after the other. */
const LONGEST = [
  'apps/api/test/process.int-spec.ts',
  'access-walk.int-spec.ts',
  'keys.int-spec.ts',
  'audit-chain.int-spec.ts',
  'rtsp-camera.int-spec.ts',
  'setup.int-spec.ts',
  'face-follower.golden-spec.ts',
  'backup.int-spec.ts',
  'run-video.int-spec.ts',
  'fuzz.int-spec.ts',
  'load-run.int-spec.ts',
  'conformance.int-spec.ts',
];

/**
 * Begins with the longest files, also where jest has not measured them yet: begun last, one of them keeps a core busy
 * and the other idle.
 */
module.exports = class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = LONGEST.findIndex((name) => path.endsWith(name));
      return rank < 0 ? LONGEST.length : rank;
    };
    // What is not named stays in the order that jest gives: by time where it is known, else by size.
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
