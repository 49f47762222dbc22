import { hash, verify } from '@node-rs/argon2';

/** Cost of one Argon2id hash. */
export interface HashingCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** 64 MiB, three passes: 0.8 s on the reference machine. */
export const SHIPPED_HASHING_COST: HashingCost = { memoryKiB: 65_536, passes: 3 };

// Two at a time: a shift's start with fifty sign-ins at once must not take the machine's memory (FIELD-NOTES 3).
const AT_ONCE = 2;

/** Hashes and verifies passwords, two at a time, the others in a queue. */
export class Passwords {
  #running = 0;
  #made = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #nobodys: Promise<string>;

  constructor(private readonly cost: HashingCost) {
    this.#nobodys = this.hash('nobody has this password');
  }

  /** Hashes made since the start, of right, wrong and unknown sign-ins alike. */
  get made(): number {
    return this.#made;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() =>
      // Argon2id is this library's default.
      hash(password, {
        memoryCost: this.cost.memoryKiB,
        timeCost: this.cost.passes,
        parallelism: 1
      })
    );
  }

  /** Without a hash the same work is done for nothing, so that an unknown name takes as long as a wrong password. */
  async verify(password: string, known: string | undefined): Promise<boolean> {
    const against = known ?? (await this.#nobodys);
    const matches = await this.#inTurn(() => verify(against, password));
    return matches && known !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running++;
    this.#made++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
