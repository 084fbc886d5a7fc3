import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { BegunExport } from './report-exporter';

/**
 * Answers with an export while it is made. A reader who goes away stops it; one that fails on the way breaks the
 * connection off, so that half a file never looks like a whole one.
 */
export async function fileOf(
  res: Response,
  begin: (signal: AbortSignal) => Promise<BegunExport>,
): Promise<StreamableFile> {
  const gone = new AbortController();
  const stop = () => gone.abort(new Error('The reader has gone.'));
  res.once('close', stop);
  const { id, mediaType, fileName, parts } = await begin(gone.signal);
  const stream = Readable.from(parts, { objectMode: false, highWaterMark: 64 * 1024 });
  res.once('close', () => stream.destroy());
  if (res.destroyed) stream.destroy();
  res.set({ 'Cache-Control': 'no-store', 'Munjigi-Export': id });
  const disposition = `attachment; filename="${fileName}"`;
  return new StreamableFile(stream, { type: mediaType, disposition }).setErrorHandler(() => res.destroy());
}
