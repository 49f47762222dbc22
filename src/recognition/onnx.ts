import * as ort from 'onnxruntime-web/wasm';
import type { EngineFiles } from './protocol.ts';

/** The model's file is not there, or is not what it should be. */
export class ModelMissing extends Error {
  override readonly name = 'ModelMissing';
}

/** A network, loaded and ready, with the first digits of its file's SHA-256 as its version. */
export interface Network {
  readonly session: ort.InferenceSession;
  readonly version: string;
}

/**
 * How the runtime starts in a browser: where it finds its own two files, and on how many threads it runs. One unless
 * asked otherwise: the second core belongs to camera and screen. Under Node the runtime finds its files by itself and
 * runs on one thread; give no files there.
 */
export function prepareRuntime(files?: Pick<EngineFiles, 'onnxWasm' | 'onnxScript'>, threads = 1): void {
  if (files !== undefined) ort.env.wasm.wasmPaths = { wasm: files.onnxWasm, mjs: files.onnxScript };
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
}

/** Loads a network from our own origin. Rejects with `ModelMissing` when the file is not there. */
export async function loadNetwork(url: string): Promise<Network> {
  return networkOf(await fetchModel(url));
}

/** The network in a model file's bytes, wherever they come from. Rejects with the runtime's error when they are none. */
export async function networkOf(model: Uint8Array<ArrayBuffer>): Promise<Network> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all'
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', model));
  const version = [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { session, version };
}

async function fetchModel(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch(() => undefined);
  const type = response?.headers.get('content-type') ?? '';
  // A single-page app answers a missing file with its start page and 200.
  if (!response?.ok || type.includes('text/html')) throw new ModelMissing('A recognition model is not there.');
  return new Uint8Array(await response.arrayBuffer());
}

/** Height and width of the pictures that a network's input takes, as its file says; undefined when it takes any. */
export function inputSize({ session }: Network): { readonly width: number; readonly height: number } | undefined {
  const [input] = session.inputMetadata;
  if (input?.isTensor !== true) return undefined;
  const [height, width] = input.shape.slice(-2);
  return typeof height === 'number' && typeof width === 'number' ? { width, height } : undefined;
}

/** What one input of a network is given. */
interface Given {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Runs a network on one input and gives its outputs by name. */
export async function run(
  network: Network,
  input: string,
  values: Float32Array,
  shape: readonly number[]
): Promise<(output: string) => Float32Array> {
  return runOn(network, { [input]: { values, shape } });
}

/** Runs a network on all its inputs, by name, and gives its outputs by name. */
export async function runOn(
  { session }: Network,
  inputs: Readonly<Record<string, Given>>
): Promise<(output: string) => Float32Array> {
  const tensors = Object.entries(inputs).map(([name, { values, shape }]) => [
    name,
    new ort.Tensor('float32', values, shape)
  ]);
  const outputs = await session.run(Object.fromEntries(tensors) as Record<string, ort.Tensor>);
  return (output) => {
    const tensor = outputs[output];
    if (!(tensor?.data instanceof Float32Array)) throw new TypeError(`The network has no output "${output}".`);
    return tensor.data;
  };
}
