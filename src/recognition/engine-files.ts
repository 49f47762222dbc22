import onnxScript from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import onnxWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import tesseractCore from 'tesseract.js-core/tesseract-core-simd-lstm.wasm.js?url';
import tesseractWorker from 'tesseract.js/dist/worker.min.js?url';
import type { EngineFiles } from './protocol.ts';

/**
 * Where everything lies that the worker runs, as absolute URLs of our own origin. Named by the page, not by the worker:
 * only what the page imports is listed for the precache (FIELD-NOTES 2.1). `base` is the app's base path.
 */
export function engineFiles(base = ''): EngineFiles {
  const own = (path: string): string => new URL(path, location.href).href;
  return {
    detectorModel: own(`${base}/models/plate-detector.onnx`),
    readerModel: own(`${base}/models/plate-reader.onnx`),
    jurisdictionModel: own(`${base}/models/plate-jurisdiction.onnx`),
    onnxWasm: own(onnxWasm),
    onnxScript: own(onnxScript),
    tesseractWorker: own(tesseractWorker),
    tesseractCore: own(tesseractCore),
    tesseractData: own(`${base}/tesseract/plate.traineddata.gz`)
  };
}
