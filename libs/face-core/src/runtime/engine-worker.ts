import { parentPort, workerData, type MessagePort } from 'node:worker_threads';

import type { Frame } from '../image/frame';
import { Engine, type EngineOptions } from './engine';
import {
  toWire,
  type EngineGreeting,
  type EngineRequest,
  type EngineResponse,
  type WireFrame,
} from './engine-protocol';

/** The inference thread: loads the models, greets, then answers one question after the other. */
async function main(port: MessagePort, options: EngineOptions): Promise<void> {
  let engine: Engine;
  try {
    engine = await Engine.open(options);
  } catch (error) {
    port.postMessage({ error: toWire(error) } satisfies EngineGreeting);
    return;
  }
  const { id: modelId, dimension, similarityMin } = engine.card;
  let last = Promise.resolve();
  port.on('message', (request: EngineRequest) => {
    last = last.then(() => serve(port, engine, request));
  });
  port.postMessage({ modelId, dimension, similarityMin } satisfies EngineGreeting);
}

async function serve(port: MessagePort, engine: Engine, request: EngineRequest): Promise<void> {
  const { id } = request;
  const buffer = 'frame' in request.ask ? request.ask.frame.buffer : undefined;
  let response: EngineResponse;
  try {
    response = { id, buffer, answer: await answerOf(engine, request) };
  } catch (error) {
    response = { id, buffer, error: toWire(error) };
  }
  port.postMessage(response, buffer ? [buffer] : []);
  if (request.call === 'close') port.close();
}

async function answerOf(engine: Engine, request: EngineRequest) {
  switch (request.call) {
    case 'detect':
      return engine.detect(frameOf(request.ask.frame), request.ask.options);
    case 'analyze':
      return engine.analyze(frameOf(request.ask.frame), request.ask.options);
    case 'embed':
      return engine.embed(request.ask.crops);
    case 'close':
      await engine.close();
      return null;
  }
}

function frameOf({ buffer, width, height }: WireFrame): Frame {
  return { data: new Uint8Array(buffer, 0, width * height * 3), width, height };
}

if (parentPort) void main(parentPort, workerData as EngineOptions);
