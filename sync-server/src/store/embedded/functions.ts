import { createHash } from 'node:crypto';
import { createContext, Script, type Context } from 'node:vm';
import { DesignFault } from '../design-fault.ts';

/** What CouchDB's own query server gives a function to work with. */
const SURROUNDINGS = `
  var rows;
  function emit(key, value) { rows.push([key === undefined ? null : key, value === undefined ? null : value]); }
  function isArray(value) { return Array.isArray(value); }
  function log() {}
  function sum(values) { return values.reduce(function (a, b) { return a + b; }, 0); }
  function toJSON(value) { return JSON.stringify(value); }
`;

/** With a clock given, `Date` inside the function tells that clock's time: a box's last second can be tested. */
const OWN_CLOCK = `
  var Date = (function (Real) {
    function Date() { return arguments.length === 0 ? new Real(now()) : new (Real.bind.apply(Real, [null].concat([].slice.call(arguments))))(); }
    Date.now = function () { return now(); };
    Date.parse = Real.parse; Date.UTC = Real.UTC; Date.prototype = Real.prototype;
    return Date;
  })(Date);
`;

const IS_FUNCTION = new Script(`typeof f === 'function'`);

/**
 * Compiled functions of design documents, each in a `vm` context of its own, kept by the hash of their source: sixty boxes share one.
 * Only JSON text goes in and comes out, so a function can neither keep nor change what is the server's. A context is no wall
 * against hostile code; design documents are ours and published by the server alone.
 */
export class Functions {
  private readonly contexts = new Map<string, Context>();
  private readonly clock: (() => number) | undefined;
  private readonly timeoutMs: number;

  constructor(options: { readonly clock?: (() => number) | undefined; readonly timeoutMs: number }) {
    this.clock = options.clock;
    this.timeoutMs = options.timeoutMs;
  }

  /** Throws DesignFault when the source is not one expression that gives a function. */
  check(source: string): void {
    if (IS_FUNCTION.runInContext(this.context(source)) !== true)
      throw new DesignFault('A design function does not compile to a function.');
  }

  /**
   * Runs `runner` (it sees what the source gives as `f`, the rows emitted as `rows`, and the parsed `input`) and hands back what it returned.
   * Throws DesignFault after the time limit.
   */
  run(source: string, runner: Script, input: string): unknown {
    const context = this.context(source);
    context['text'] = input;
    try {
      return JSON.parse(runner.runInContext(context, { timeout: this.timeoutMs }) as string);
    } catch (error) {
      this.contexts.delete(hashOf(source));
      throw new DesignFault(isTimeout(error) ? 'A design function took too long.' : 'A design function failed.');
    }
  }

  private context(source: string): Context {
    const hash = hashOf(source);
    const known = this.contexts.get(hash);
    if (known !== undefined) return known;
    const context = createContext(this.clock === undefined ? {} : { now: this.clock });
    try {
      new Script(SURROUNDINGS + (this.clock === undefined ? '' : OWN_CLOCK)).runInContext(context);
      new Script(`var f = (${source}\n);`).runInContext(context, { timeout: this.timeoutMs });
    } catch {
      throw new DesignFault('A design function does not compile to a function.');
    }
    this.contexts.set(hash, context);
    return context;
  }
}

/** A runner: `body` works on `input` and returns a value that becomes JSON. */
export function runner(body: string): Script {
  return new Script(`(function (input) { ${body} })(JSON.parse(text))`);
}

function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('base64');
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
