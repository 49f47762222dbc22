/** A written determination that a place is security information, as the form sends it. */
export const WITHHELD = {
  determination: 'Saying this place would tell two people under watch that they are, and put a witness in danger.',
  reviewOn: '2027-02-01'
} as const;
