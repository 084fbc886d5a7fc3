import { statfs } from 'node:fs/promises';
import { freemem, loadavg, totalmem } from 'node:os';
import type { Diagnostics } from '@munjigi/contracts';

/** What the agent says of itself in a bundle. */
export type AgentDiagnostics = Pick<
  Diagnostics,
  | 'agentVersion'
  | 'modelId'
  | 'templates'
  | 'appliedRevision'
  | 'lastSequence'
  | 'clockOffsetMs'
  | 'cameraFault'
  | 'framesPerSecond'
  | 'framesDropped'
  | 'lock'
  | 'condition'
  | 'log'
>;

/**
 * How the door's computer is, for whoever looks after it from afar. Holds no secret, name, template or picture.
 *
 * @param dataDirectory whose disk is looked at
 */
export async function collectDiagnostics(
  agent: AgentDiagnostics,
  dataDirectory: string,
): Promise<Diagnostics> {
  const disk = await statfs(dataDirectory).catch(() => null);
  return {
    ...agent,
    takenAt: new Date().toISOString(),
    runtime: { node: process.version, platform: process.platform, architecture: process.arch },
    uptimeSeconds: process.uptime(),
    memory: { residentBytes: process.memoryUsage.rss(), freeBytes: freemem(), totalBytes: totalmem() },
    loadAverage: loadavg(),
    disk: disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
  };
}
