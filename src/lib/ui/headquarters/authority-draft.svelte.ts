import type { TrackingAuthority } from '#domain/records/agency-entry.ts';
import { instantOf } from '#domain/time/instant.ts';

/** A warrant or exigent circumstances while somebody writes them down (426.3.1(c)). */
export class AuthorityDraft {
  kind = $state<TrackingAuthority['kind']>('warrant');
  number = $state('');
  judge = $state('');
  facts = $state('');
  /** as the field for date and time has it, where the page is */
  until = $state('');

  get value(): TrackingAuthority {
    const until = this.until === '' ? '' : instantOf(new Date(this.until).getTime());
    return this.kind === 'exigency'
      ? { kind: this.kind, facts: this.facts.trim(), until }
      : { kind: this.kind, number: this.number.trim(), judge: this.judge.trim(), until };
  }
}
