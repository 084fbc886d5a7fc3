import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installDemoMedia } from '@munjigi/face-core';

/**
 * A short video in which a man stands at the door for three seconds and is away for two; played over and over, he
 * makes a visit every time.
 */
export async function makeVisitsClip(file: string): Promise<void> {
  const { directory } = await installDemoMedia();
  const filter =
    '[0:v]trim=start=2:duration=3,setpts=PTS-STARTPTS[man];color=c=black:s=360x288:r=24:d=2[away];' +
    '[man][away]concat=n=2:v=1:a=0,format=yuv420p[out]';
  execFileSync(
    findFfmpeg(),
    [
      '-v',
      'error',
      '-y',
      '-i',
      join(directory, 'franck.mp4'),
      '-filter_complex',
      filter,
      '-map',
      '[out]',
      file,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** A man's face as a browser's make-believe camera plays it, over and over: Motion JPEG. */
export async function makeCameraClip(file: string): Promise<void> {
  const { directory } = await installDemoMedia();
  const source = ['-ss', '2', '-t', '3', '-i', join(directory, 'franck.mp4')];
  const made = [
    '-vf',
    'scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720',
    '-r',
    '10',
    '-q:v',
    '3',
  ];
  execFileSync(findFfmpeg(), ['-v', 'error', '-y', ...source, ...made, '-an', '-f', 'mjpeg', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** One frame of the man of {@link makeVisitsClip}, as a photo of him: JPEG. */
export async function makePhoto(file: string): Promise<void> {
  const { directory } = await installDemoMedia();
  const source = ['-ss', '3', '-i', join(directory, 'franck.mp4')];
  execFileSync(findFfmpeg(), ['-v', 'error', '-y', ...source, '-frames:v', '1', '-q:v', '2', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function findFfmpeg(): string {
  const installed = ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'].find((path) => existsSync(path));
  if (installed) return installed;
  const packaged = createRequire(__filename)('@ffmpeg-installer/ffmpeg') as { path: string };
  return packaged.path;
}
