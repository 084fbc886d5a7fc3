import { systemClock } from '../adapters/clock/system-clock';
import { MemoryDoor } from '../adapters/door/memory-door';
import { MemoryFrameSource } from '../adapters/frames/memory-frame-source';
import { composeAgent } from '../compose';
import { readConfig } from '../config';
import { createLog } from '../log';
import { ScriptedVision } from './scripted-vision';

/**
 * A whole agent in a process of its own whose camera never ends and whose engine hangs at SIGUSR2, until the next one.
 * It prints a line for every tenth frame that it is shown.
 */
async function main(): Promise<void> {
  const log = createLog({ level: 'info' });
  const vision = new ScriptedVision();
  const source = new MemoryFrameSource({ clock: systemClock });
  const config = readConfig();
  const agent = await composeAgent(config, log, { vision, source, hardware: new MemoryDoor() });
  agent.start();
  let release: (() => void) | null = null;
  process.on('SIGUSR2', () => {
    if (release === null) {
      vision.hang = new Promise((resolve) => (release = resolve));
      log.info('engine hangs');
    } else {
      release();
      log.info('engine works');
    }
  });
  const picture = { width: 320, height: 200, data: new Uint8Array(320 * 200 * 3).fill(90) };
  let shown = 0;
  const showing = setInterval(() => {
    source.show(picture);
    shown += 1;
    if (shown % 10 === 0) log.info({ shown }, 'shown');
  }, 10);
  process.on('SIGTERM', () => {
    clearInterval(showing);
    void agent.stop();
  });
}

void main();
