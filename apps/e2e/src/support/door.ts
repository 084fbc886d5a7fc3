import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoorSettingsPatch } from '@munjigi/contracts';
import { AGENT_MAIN, ManagedProcess } from '@munjigi/tools';

/** Of a door that decides by one picture, and forgets at once that somebody was there. */
export const QUICK_DOOR: DoorSettingsPatch = { faceSizeMinPx: 60, framesToDecide: 1, revisitPauseMs: 0 };

/** Where a door is, and what it sees. */
export interface ReplayDoorOptions {
  readonly serverUrl: string;
  readonly agentToken: string;
  /** A new folder for all that it keeps; `door.log` beside it is what it says. */
  readonly directory: string;
  /** Played over and over. */
  readonly video: string;
}

/** Starts a door's own program with a video for a camera. */
export function startReplayDoor({
  serverUrl,
  agentToken,
  directory,
  video,
}: ReplayDoorOptions): ManagedProcess {
  const tokenFile = join(directory, 'token');
  mkdirSync(directory, { recursive: true });
  writeFileSync(tokenFile, agentToken, { mode: 0o600 });
  const door = new ManagedProcess({
    ...{ name: 'door', command: process.execPath, args: [AGENT_MAIN], logFile: `${directory}.log` },
    env: {
      ...process.env,
      MUNJIGI_SERVER_URL: serverUrl,
      MUNJIGI_AGENT_TOKEN_FILE: tokenFile,
      MUNJIGI_DATA: directory,
      MUNJIGI_VIDEO: video,
      MUNJIGI_VIDEO_LOOP: 'true',
      MUNJIGI_THREADS: '1',
    },
  });
  door.start();
  return door;
}
