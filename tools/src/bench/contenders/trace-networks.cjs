/**
 * Loaded before a program with `--require`, it makes every thread report the shapes that each run of a network gave.
 * Only for tracing, never while times are taken. Plain JavaScript, since worker threads load it without a compiler.
 */
const { BroadcastChannel } = require('node:worker_threads');
const { InferenceSession } = require('onnxruntime-node');

// The name is also in trace-channel.ts.
const channel = new BroadcastChannel('munjigi-bench-networks');
channel.unref();
const { prototype } = InferenceSession;
const original = prototype.run;
prototype.run = async function (...args) {
  const results = await original.apply(this, args);
  channel.postMessage(Object.values(results).map(({ dims }) => [...dims]));
  return results;
};
