/**
 * The functions of design documents, compiled once for all seeds: the very strings that are published, in a context whose clock is the
 * simulation's. The engines give each call a time limit, which costs more than the call; here a function that hangs hangs the run.
 */
import { createContext, runInContext } from 'node:vm';

type Emitted = [key: unknown, value: unknown];
type Compiled = (...given: unknown[]) => unknown;

const SURROUNDINGS = `
  var rows = [];
  function emit(key, value) { rows.push([key === undefined ? null : key, value === undefined ? null : value]); }
  function isArray(value) { return Array.isArray(value); }
  function log() {}
  function sum(values) { return values.reduce(function (a, b) { return a + b; }, 0); }
  function toJSON(value) { return JSON.stringify(value); }
  var Date = (function (Real) {
    function Date() { return arguments.length === 0 ? new Real(now()) : new (Real.bind.apply(Real, [null].concat([].slice.call(arguments))))(); }
    Date.now = function () { return now(); };
    Date.parse = Real.parse; Date.UTC = Real.UTC; Date.prototype = Real.prototype;
    return Date;
  })(Date);
`;

let clock = (): number => Date.now();
const context = createContext({ now: () => clock() });
runInContext(SURROUNDINGS, context);
const known = new Map<string, Compiled>();

/** Sets the clock that every design function sees; before, it is the machine's. */
export function setDesignClock(ms: number): void {
  clock = () => ms;
}

export function compiled(source: string): Compiled {
  let found = known.get(source);
  if (found === undefined) known.set(source, (found = runInContext(`(${source}\n)`, context) as Compiled));
  return found;
}

/** What a map function emits for one document. */
export function emittedBy(map: string, document: unknown): Emitted[] {
  const surroundings = context as { rows: Emitted[] };
  surroundings.rows = [];
  try {
    compiled(map)(document);
  } catch {
    // As in the engines: a document that a map function cannot read is not in its view.
    return [];
  }
  return surroundings.rows;
}
