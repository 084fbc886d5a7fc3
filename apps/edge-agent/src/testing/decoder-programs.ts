import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a stand-in for a hardware decoder does. */
export type DecoderMode = 'works' | 'shows-green' | 'refuses' | 'breaks-midway';

/**
 * Stand-ins for the programs that reach a hardware decoder, in a folder for the search path: GStreamer's with NVIDIA's
 * decoder, and an ffmpeg with VA-API. Behind each a real ffmpeg decodes; they check what they are told, and fail as told.
 */
export class DecoderPrograms {
  readonly #directory: string;
  readonly searchPath: string;
  /** The folder that stands for `/dev`. */
  readonly devices: string;

  constructor(directory: string, ffmpegPath: string) {
    this.#directory = directory;
    this.searchPath = directory;
    this.devices = join(directory, 'dev');
    mkdirSync(this.devices);
    this.#write('gst-inspect-1.0', `[ "$1 $2" = '--exists nvv4l2decoder' ]`);
    this.#write('gst-launch-1.0', gstLaunch(directory, ffmpegPath));
    this.#write('ffmpeg', vaapiFfmpeg(directory, ffmpegPath));
    this.nvidia = 'refuses';
    this.vaapi = 'refuses';
  }

  set nvidia(mode: DecoderMode) {
    writeFileSync(join(this.#directory, 'nvidia'), mode);
  }

  set vaapi(mode: DecoderMode) {
    writeFileSync(join(this.#directory, 'vaapi'), mode);
  }

  /** Puts the device there without which VA-API is not even tried. */
  addGraphics(): void {
    mkdirSync(join(this.devices, 'dri'));
    writeFileSync(join(this.devices, 'dri', 'renderD128'), '');
  }

  /** What NVIDIA's decoder was started with, a line each. */
  get nvidiaRuns(): string[] {
    return readFileSync(join(this.#directory, 'runs'), 'utf8').trim().split('\n');
  }

  #write(name: string, body: string): void {
    const path = join(this.#directory, name);
    writeFileSync(path, `#!/bin/bash\n${body}\n`);
    chmodSync(path, 0o755);
  }
}

const GREEN = 'drawbox=color=green:t=fill,';

function gstLaunch(directory: string, ffmpegPath: string): string {
  return `echo "$*" >> '${directory}/runs'
mode=$(cat '${directory}/nvidia'); filters=; from=; frames=
[[ " $* " == *' ! nvv4l2decoder ! '* ]] || exit 9
for word in "$@"; do case "$word" in
  location=rtsp:*) from="-rtsp_transport tcp -analyzeduration 500000 -i"; input=\${word#location=};;
  location=*) from="-re -i"; input=\${word#location=};;
  video/x-raw,format=RGB,*) size=\${word##*,width=}; size=\${size/,height=/:};;
esac; done
[ $mode = refuses ] && { echo 'ERROR: Failed to open /dev/nvhost-nvdec' >&2; exit 1; }
[ $mode = shows-green ] && filters='${GREEN}'
[ $mode = breaks-midway ] && [[ $input != *trial-* ]] && frames='-frames:v 3'
set -- -nostdin -loglevel error $from "$input" $frames -vf "\${filters}scale=$size" -pix_fmt rgb24 -f rawvideo pipe:3
[ -z "$frames" ] && exec '${ffmpegPath}' "$@"
'${ffmpegPath}' "$@"; echo 'ERROR: NVDEC timed out' >&2; exit 1`;
}

function vaapiFfmpeg(directory: string, ffmpegPath: string): string {
  return `mode=$(cat '${directory}/vaapi'); args=(); hardware=
[ "$*" = '-hide_banner -hwaccels' ] && { printf 'Hardware acceleration methods:\nvaapi\n'; exit 0; }
while [ $# -gt 0 ]; do case "$1" in
  -hwaccel|-hwaccel_output_format) [ "$2" = vaapi ] || exit 9; hardware=yes; shift;;
  -vf) args+=(-vf "\${2/hwdownload,format=nv12/format=nv12}"); shift;;
  *) args+=("$1");;
esac; shift; done
[ "$hardware$mode" = yesrefuses ] && { echo 'No VA display found for device' >&2; exit 1; }
exec '${ffmpegPath}' "\${args[@]}"`;
}
