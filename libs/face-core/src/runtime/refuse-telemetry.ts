/**
 * onnxruntime 1.30's Linux build reports its use to its maker (device id, host, models' names and run times; spooled under
 * `~/.cache/Microsoft`). From here on it does not in this process.
 *
 * It reads the environment of the process when its first session is made: call this before, on the main thread, whose
 * `process.env` is the process's own. A worker thread's is a copy.
 */
export function refuseTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
